package dev.adit;

import dev.adit.kube.EndpointSlice;
import dev.adit.kube.Ingress;
import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeObject;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.ObjectRef;
import dev.adit.kube.Secret;
import dev.adit.kube.Service;
import dev.adit.kube.source.SnapshotSource;
import dev.adit.kube.source.SnapshotSource.Changes;
import dev.adit.translate.TranslationOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Objects in memory, one of which changes at a time. */
final class FakeCluster implements SnapshotSource {
    /** What happens to a cluster: an Ingress comes, changes or goes, or a Service does. */
    sealed interface Step {
        record Put(Ingress ingress) implements Step {}

        record Remove(int number) implements Step {}

        record Toggle(String service) implements Step {}
    }

    private final Map<ObjectKey, Ingress> ingresses = new HashMap<>();
    private final Map<ObjectKey, Service> services = new HashMap<>();

    private final List<String> names;
    private final List<Secret> secrets;

    /** With those Services, which it has all of to begin with, and those Secrets. */
    FakeCluster(List<String> names, List<Secret> secrets) {
        this.names = names;
        this.secrets = secrets;
        names.forEach(this::toggle);
        names.forEach(name -> services.put(new ObjectKey("other", name), made(new ObjectKey("other", name))));
    }

    /** The first three are in one namespace, and the others in another. */
    static ObjectKey key(int number) {
        return new ObjectKey(number < 3 ? "ns" : "other", "i" + number);
    }

    Changes.Named apply(Step step) {
        return switch (step) {
            case Step.Put(var ingress) -> {
                ingresses.put(ingress.key(), ingress);
                yield changed(ingress.ref());
            }
            case Step.Remove(var number) -> {
                var key = key(number);
                ingresses.remove(key);
                yield changed(Ingress.KIND.ref(key));
            }
            case Step.Toggle(var name) -> changed(Service.KIND.ref(toggle(name)));
        };
    }

    private static Changes.Named changed(ObjectRef object) {
        return new Changes.Named(Set.of(object), Set.of());
    }

    private ObjectKey toggle(String name) {
        var key = new ObjectKey("ns", name);
        if (services.remove(key) == null) {
            services.put(key, made(key));
        }
        return key;
    }

    private static Service made(ObjectKey key) {
        var ports = List.of(new Service.Port("", 80, ""));
        return new Service(key, "", false, ports, List.of(), Optional.empty());
    }

    @Override
    public List<EndpointSlice> slicesOf(ObjectKey service) {
        var endpoint =
                new EndpointSlice.Endpoint(List.of("192.0.2.1"), EndpointSlice.Condition.READY, Set.of(), Set.of());
        return List.of(
                new EndpointSlice(service, service, List.of(new EndpointSlice.Port("", 8080)), List.of(endpoint)));
    }

    @Override
    public KubeSnapshot snapshot() {
        var items = new ArrayList<KubeObject>(ingresses.values());
        items.addAll(services.values());
        items.addAll(secrets);
        items.add(IngressClass.of("adit", TranslationOptions.CONTROLLER, true));
        var slices = names.stream()
                .flatMap(name -> Stream.of(new ObjectKey("ns", name), new ObjectKey("other", name)))
                .flatMap(key -> slicesOf(key).stream())
                .collect(Collectors.toList());
        return KubeSnapshot.of(Stream.concat(items.stream(), slices.stream()), Set.of(), List.of());
    }

    @Override
    public void start(Runnable changed) {}

    @Override
    public boolean isSynced() {
        return true;
    }

    @Override
    public void close() {}
}
