package dev.adit.kube;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All objects that routing depends on, as they were at one moment.
 *
 * @param slices by the Service they belong to
 * @param nodeAddresses where the pods of this controller can be reached on their nodes
 * @param problems what the source itself could not read
 */
public record KubeSnapshot(
        Map<ObjectKey, Ingress> ingresses,
        Map<String, IngressClass> ingressClasses,
        Map<ObjectKey, Service> services,
        Map<ObjectKey, List<EndpointSlice>> slices,
        Map<ObjectKey, Secret> secrets,
        Map<ObjectKey, ConfigMap> configMaps,
        Set<String> nodeAddresses,
        List<Problem> problems) {

    public static final KubeSnapshot EMPTY =
            new KubeSnapshot(Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Set.of(), List.of());

    /** Everything that a snapshot is made of. */
    public sealed interface Item permits Ingress, IngressClass, Service, EndpointSlice, Secret, ConfigMap {
        ObjectKey key();
    }

    public KubeSnapshot {
        // Not copied: whoever makes a snapshot keeps none of these, and there are tens of thousands of entries.
        ingresses = Collections.unmodifiableMap(ingresses);
        ingressClasses = Collections.unmodifiableMap(ingressClasses);
        services = Collections.unmodifiableMap(services);
        slices = Collections.unmodifiableMap(slices);
        secrets = Collections.unmodifiableMap(secrets);
        configMaps = Collections.unmodifiableMap(configMaps);
        nodeAddresses = Set.copyOf(nodeAddresses);
        problems = List.copyOf(problems);
    }

    /** Sorts objects of all kinds into a snapshot; of two with the same key the later one stays. */
    public static KubeSnapshot of(Stream<? extends Item> items, Set<String> nodeAddresses, List<Problem> problems) {
        var ingresses = new HashMap<ObjectKey, Ingress>();
        var classes = new HashMap<String, IngressClass>();
        var services = new HashMap<ObjectKey, Service>();
        var slices = new HashMap<ObjectKey, List<EndpointSlice>>();
        var secrets = new HashMap<ObjectKey, Secret>();
        var configMaps = new HashMap<ObjectKey, ConfigMap>();
        items.forEach(item -> {
            switch (item) {
                case Ingress i -> ingresses.put(i.key(), i);
                case IngressClass c -> classes.put(c.name(), c);
                case Service s -> services.put(s.key(), s);
                case EndpointSlice e -> {
                    var same = slices.computeIfAbsent(e.service(), _ -> new ArrayList<>());
                    same.removeIf(other -> other.key().equals(e.key()));
                    same.add(e);
                }
                case Secret t -> secrets.put(t.key(), t);
                case ConfigMap c -> configMaps.put(c.key(), c);
            }
        });
        return new KubeSnapshot(ingresses, classes, services, slices, secrets, configMaps, nodeAddresses, problems);
    }

    /** The same with these Secrets, in place of those with their names. */
    public KubeSnapshot with(Collection<Secret> others) {
        if (others.isEmpty()) {
            return this;
        }
        var all = new HashMap<>(secrets);
        others.forEach(secret -> all.put(secret.key(), secret));
        return new KubeSnapshot(ingresses, ingressClasses, services, slices, all, configMaps, nodeAddresses, problems);
    }

    /** The objects that concern all others, alone. */
    public KubeSnapshot general() {
        return new KubeSnapshot(
                Map.of(), ingressClasses, Map.of(), Map.of(), Map.of(), configMaps, nodeAddresses, problems);
    }

    /** The same with these Ingresses, in place of those with their names. */
    public KubeSnapshot withIngresses(Collection<Ingress> others) {
        var all = new HashMap<>(ingresses);
        others.forEach(ingress -> all.put(ingress.key(), ingress));
        return new KubeSnapshot(all, ingressClasses, services, slices, secrets, configMaps, nodeAddresses, problems);
    }

    /** The same with these Services and slices, in place of those with their keys. */
    public KubeSnapshot with(Map<ObjectKey, Service> others, Map<ObjectKey, List<EndpointSlice>> otherSlices) {
        if (others.isEmpty() && otherSlices.isEmpty()) {
            return this;
        }
        var allServices = new HashMap<>(services);
        allServices.putAll(others);
        var allSlices = new HashMap<>(slices);
        allSlices.putAll(otherSlices);
        return new KubeSnapshot(
                ingresses, ingressClasses, allServices, allSlices, secrets, configMaps, nodeAddresses, problems);
    }

    /** All objects. */
    public Stream<Item> items() {
        return Stream.of(
                        ingresses.values().stream(),
                        ingressClasses.values().stream(),
                        services.values().stream(),
                        slices.values().stream().flatMap(List::stream),
                        secrets.values().stream(),
                        configMaps.values().stream())
                .flatMap(stream -> stream);
    }

    public Optional<Service> service(ObjectKey key) {
        return Optional.ofNullable(services.get(key));
    }

    public Optional<Secret> secret(ObjectKey key) {
        return Optional.ofNullable(secrets.get(key));
    }

    public Optional<ConfigMap> configMap(ObjectKey key) {
        return Optional.ofNullable(configMaps.get(key));
    }

    public List<EndpointSlice> slicesOf(ObjectKey service) {
        return slices.getOrDefault(service, List.of());
    }

    public Collection<IngressClass> classes() {
        return ingressClasses.values();
    }
}
