package dev.adit;

import dev.adit.control.Delta;
import dev.adit.control.LastGoodIngresses;
import dev.adit.control.LastGoodSecrets;
import dev.adit.control.References;
import dev.adit.control.Translator;
import dev.adit.kube.EndpointSlice;
import dev.adit.kube.Ingress;
import dev.adit.kube.KubeObject;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Secret;
import dev.adit.kube.Service;
import dev.adit.kube.source.SnapshotSource;
import dev.adit.kube.source.SnapshotSource.Changes;
import dev.adit.routing.Route;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.translate.Translation;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.ingress.IngressTranslator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** The pure translation with what it may not know: the time, and what Secrets held and Ingresses said before. */
final class IncrementalTranslator implements Translator {
    private final IngressTranslator translator;
    private final Clock clock;
    private final LastGoodSecrets secrets = new LastGoodSecrets();
    private final LastGoodIngresses ingresses = new LastGoodIngresses();
    private final References links = new References();
    // Its classes and ConfigMaps alone.
    private volatile KubeSnapshot general = KubeSnapshot.EMPTY;

    IncrementalTranslator(TranslationOptions options, Clock clock) {
        this.translator = new IngressTranslator(options);
        this.clock = clock;
    }

    @Override
    public Translation translate(KubeSnapshot snapshot) {
        general = snapshot.general();
        var translation = ingresses.translate(secrets.apply(snapshot), all -> now(all, Optional.empty()));
        links.reset(
                translation.own(), own -> snapshot.find(Ingress.KIND, own.key()).orElse(own));
        return translation;
    }

    private Translation now(KubeSnapshot snapshot, Optional<Route> general) {
        return translator.translate(snapshot, clock.instant(), general);
    }

    @Override
    public Optional<Delta> translate(Changes.Named changes, SnapshotSource source, Translation before) {
        if (translator
                .generalService()
                .filter(key -> changes.objects().contains(Service.KIND.ref(key)))
                .isPresent()) {
            return Optional.empty();
        }
        var component = links.component(
                changes, key -> source.find(Ingress.KIND, key).filter(ingress -> translator.selects(general, ingress)));
        return component.map(found -> {
            ingresses.forget(found.gone());
            var objects = snapshot(found, wildcards(found, before), source);
            var part = ingresses.translatePart(secrets.applyTo(objects), few -> now(few, before.defaultRoute()));
            links.update(found, part.own());
            return Delta.of(before, found, part);
        });
    }

    /**
     * Who else's a certificate for names of a component may be, by a wildcard: the oldest that lists it, with nothing but
     * that, and under a name that no object can have.
     */
    private List<Ingress> wildcards(References.Component component, Translation before) {
        var oldest = new ArrayList<Ingress>();
        links.wildcardsOver(component)
                .forEach((host, keys) -> keys.stream()
                        .flatMap(key -> Stream.ofNullable(before.ingresses().get(key)))
                        .filter(ingress -> References.Of.ingress(ingress).lists(host))
                        .min(Translation.OLDEST_FIRST)
                        .ifPresent(ingress -> oldest.add(ingress.claiming(host.text()))));
        return oldest;
    }

    private KubeSnapshot snapshot(References.Component component, List<Ingress> wildcards, SnapshotSource source) {
        var named = new ArrayList<KubeObject>();
        var slices = new HashMap<ObjectKey, List<EndpointSlice>>();
        for (var ingress : component.ingresses().values()) {
            var of = References.Of.ingress(ingress);
            for (var key : of.services()) {
                source.find(Service.KIND, key).ifPresent(named::add);
                slices.put(key, source.slicesOf(key));
            }
            of.secrets().forEach(key -> source.find(Secret.KIND, key).ifPresent(named::add));
        }
        named.addAll(component.ingresses().values());
        named.addAll(wildcards);
        return general.with(named).withSlices(slices);
    }

    /**
     * The objects by which everything is served.
     *
     * @param own the Ingresses among them
     * @param source all others as they are now
     */
    Stream<KubeObject> served(List<Ingress> own, SnapshotSource source) {
        var services = new LinkedHashSet<ObjectKey>();
        var named = new LinkedHashSet<ObjectKey>();
        for (var ingress : own) {
            var of = References.Of.ingress(ingress);
            services.addAll(of.services());
            named.addAll(of.secrets());
        }
        translator.generalService().ifPresent(services::add);
        return Stream.of(
                        general.items(),
                        own.stream(),
                        services.stream().flatMap(key -> source.find(Service.KIND, key).stream()),
                        services.stream().flatMap(key -> source.slicesOf(key).stream()),
                        named.stream().flatMap(key -> secrets.sound(key, source.find(Secret.KIND, key)).stream()))
                .flatMap(items -> items);
    }

    /** The Secrets that matter. */
    Set<ObjectKey> secrets(KubeSnapshot snapshot) {
        return translator.secrets(snapshot);
    }

    /** The Services that matter. */
    Set<ObjectKey> services(KubeSnapshot snapshot) {
        return translator.services(snapshot);
    }

    @Override
    public Map<UpstreamId, List<Endpoint>> endpoints(
            Collection<UpstreamId> upstreams, Function<ObjectKey, List<EndpointSlice>> slices) {
        return translator.endpoints(upstreams, slices);
    }
}
