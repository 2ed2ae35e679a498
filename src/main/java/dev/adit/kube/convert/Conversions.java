package dev.adit.kube.convert;

import dev.adit.kube.ConfigMap;
import dev.adit.kube.EndpointSlice;
import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeObject;
import dev.adit.kube.LoadBalancerAddress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Service;
import dev.adit.kube.api.ConfigMapObject;
import dev.adit.kube.api.EndpointSliceObject;
import dev.adit.kube.api.IngressClassObject;
import dev.adit.kube.api.IngressObject;
import dev.adit.kube.api.LoadBalancer;
import dev.adit.kube.api.SecretObject;
import dev.adit.kube.api.ServiceObject;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** From the objects as read to the records of routing: what is not needed ends here. */
public final class Conversions {
    private static final String SERVICE_NAME = "kubernetes.io/service-name";
    private static final String DEFAULT_CLASS = "ingressclass.kubernetes.io/is-default-class";

    private Conversions() {}

    /** Empty for the kinds, types and address families that have no part in routing. */
    public static Optional<KubeObject> convert(HasMetadata object) {
        return switch (object) {
            case IngressObject i -> Optional.of(IngressConversion.convert(i));
            case IngressClassObject c -> Optional.of(convert(c));
            case ServiceObject s -> Optional.of(convert(s));
            case EndpointSliceObject s -> convert(s);
            case ConfigMapObject c -> Optional.of(convert(c));
            case SecretObject s -> Optional.of(SecretConversion.convert(s));
            default -> Optional.empty();
        };
    }

    static ObjectKey key(HasMetadata object) {
        var meta = object.getMetadata();
        return new ObjectKey(meta.getNamespace() == null ? "default" : meta.getNamespace(), text(meta.getName()));
    }

    static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    static <T> List<T> list(@Nullable List<T> values) {
        return values == null ? List.of() : values;
    }

    static Map<String, String> map(@Nullable Map<String, String> values) {
        return values == null ? Map.of() : values;
    }

    static List<LoadBalancerAddress> addresses(LoadBalancer.@Nullable Status status) {
        return status == null || status.loadBalancer() == null
                ? List.of()
                : list(status.loadBalancer().ingress()).stream()
                        .map(i -> new LoadBalancerAddress(text(i.ip()), text(i.hostname())))
                        .sorted()
                        .toList();
    }

    private static IngressClass convert(IngressClassObject source) {
        var isDefault = map(source.getMetadata().getAnnotations()).get(DEFAULT_CLASS);
        var spec = source.spec();
        return new IngressClass(
                source.getMetadata().getName(),
                text(source.getMetadata().getUid()),
                spec == null ? "" : text(spec.controller()),
                "true".equals(isDefault),
                Optional.ofNullable(spec == null ? null : spec.parameters()).map(Conversions::convert));
    }

    private static IngressClass.Parameters convert(IngressClassObject.Parameters source) {
        var namespace = "Namespace".equals(source.scope()) ? source.namespace() : null;
        return new IngressClass.Parameters(
                text(source.apiGroup()), text(source.kind()), text(source.name()), Optional.ofNullable(namespace));
    }

    private static ConfigMap convert(ConfigMapObject source) {
        var entries = new HashMap<String, String>();
        map(source.data()).forEach((name, value) -> entries.put(name, text(value)));
        return new ConfigMap(key(source), text(source.getMetadata().getUid()), entries);
    }

    private static Service convert(ServiceObject source) {
        var spec = source.spec();
        var type = spec == null ? "" : text(spec.type());
        var ports = new ArrayList<Service.Port>();
        for (var port : spec == null ? List.<ServiceObject.Port>of() : list(spec.ports())) {
            if (port.port() != null) {
                ports.add(new Service.Port(text(port.name()), port.port(), text(port.appProtocol())));
            }
        }
        var affinity = spec != null && "ClientIP".equals(spec.sessionAffinity());
        var external = type.equals(Service.EXTERNAL_NAME) && spec != null
                ? Optional.of(new Service.External(text(spec.externalName()), Optional.empty()))
                : Optional.<Service.External>empty();
        return new Service(key(source), type, affinity, List.copyOf(ports), addresses(source.status()), external);
    }

    private static Optional<KubeObject> convert(EndpointSliceObject source) {
        var service = map(source.getMetadata().getLabels()).get(SERVICE_NAME);
        if (service == null || "FQDN".equals(source.addressType())) {
            return Optional.empty();
        }
        var ports = new ArrayList<EndpointSlice.Port>();
        for (var port : list(source.ports())) {
            if (port.port() != null) {
                ports.add(new EndpointSlice.Port(text(port.name()), port.port()));
            }
        }
        var key = key(source);
        return Optional.of(new EndpointSlice(
                key,
                new ObjectKey(key.namespace(), service),
                List.copyOf(ports),
                list(source.endpoints()).stream().map(Conversions::endpoint).toList()));
    }

    private static EndpointSlice.Endpoint endpoint(EndpointSliceObject.Endpoint source) {
        var hints = source.hints();
        return new EndpointSlice.Endpoint(
                List.copyOf(list(source.addresses())),
                condition(source.conditions()),
                hints == null ? Set.of() : names(hints.forZones()),
                hints == null ? Set.of() : names(hints.forNodes()));
    }

    private static EndpointSlice.Condition condition(EndpointSliceObject.@Nullable Conditions conditions) {
        // EndpointSlice API: an unknown condition is to be read as ready.
        if (conditions == null || conditions.ready() == null || conditions.ready()) {
            return EndpointSlice.Condition.READY;
        }
        return Boolean.TRUE.equals(conditions.serving()) && Boolean.TRUE.equals(conditions.terminating())
                ? EndpointSlice.Condition.SERVING_AND_TERMINATING
                : EndpointSlice.Condition.NOT_READY;
    }

    private static Set<String> names(@Nullable List<EndpointSliceObject.Named> named) {
        return list(named).stream().map(n -> text(n.name())).collect(Collectors.toSet());
    }
}
