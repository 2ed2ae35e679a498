package dev.adit.kube.convert;

import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.LoadBalancerAddress;
import dev.adit.kube.ObjectKey;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LoadBalancerStatus;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointPort;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressClass;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** From the client's model to our records: what is not needed ends here. */
public final class Conversions {
    private static final String SERVICE_NAME = "kubernetes.io/service-name";
    private static final String DEFAULT_CLASS = "ingressclass.kubernetes.io/is-default-class";
    private static final String TLS = "kubernetes.io/tls";

    private Conversions() {}

    /** Empty for the kinds, types and address families that have no part in routing. */
    public static Optional<KubeSnapshot.Item> convert(HasMetadata object) {
        return switch (object) {
            case Ingress i -> Optional.of(IngressConversion.convert(i));
            case IngressClass c -> Optional.of(convert(c));
            case Service s -> Optional.of(convert(s));
            case EndpointSlice s -> convert(s);
            case Secret s when TLS.equals(s.getType()) -> Optional.of(SecretConversion.convert(s));
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

    private static dev.adit.kube.IngressClass convert(IngressClass source) {
        var isDefault = map(source.getMetadata().getAnnotations()).get(DEFAULT_CLASS);
        var controller = source.getSpec() == null ? "" : text(source.getSpec().getController());
        return new dev.adit.kube.IngressClass(source.getMetadata().getName(), controller, "true".equals(isDefault));
    }

    private static dev.adit.kube.Service convert(Service source) {
        var spec = source.getSpec();
        var type = spec == null ? "" : text(spec.getType());
        var ports = spec == null ? List.<ServicePort>of() : list(spec.getPorts());
        return new dev.adit.kube.Service(
                key(source),
                type,
                ports.stream()
                        .filter(p -> p.getPort() != null)
                        .map(p -> new dev.adit.kube.Service.Port(text(p.getName()), p.getPort()))
                        .toList(),
                source.getStatus() == null
                        ? List.of()
                        : addresses(source.getStatus().getLoadBalancer()));
    }

    private static List<LoadBalancerAddress> addresses(@Nullable LoadBalancerStatus status) {
        return status == null
                ? List.of()
                : list(status.getIngress()).stream()
                        .map(i -> new LoadBalancerAddress(text(i.getIp()), text(i.getHostname())))
                        .sorted()
                        .toList();
    }

    private static Optional<KubeSnapshot.Item> convert(EndpointSlice source) {
        var service = map(source.getMetadata().getLabels()).get(SERVICE_NAME);
        if (service == null || "FQDN".equals(source.getAddressType())) {
            return Optional.empty();
        }
        var key = key(source);
        return Optional.of(new dev.adit.kube.EndpointSlice(
                key,
                new ObjectKey(key.namespace(), service),
                list(source.getPorts()).stream()
                        .filter(p -> p.getPort() != null)
                        .map(Conversions::port)
                        .toList(),
                list(source.getEndpoints()).stream().map(Conversions::endpoint).toList()));
    }

    private static dev.adit.kube.EndpointSlice.Port port(EndpointPort source) {
        return new dev.adit.kube.EndpointSlice.Port(text(source.getName()), source.getPort());
    }

    private static dev.adit.kube.EndpointSlice.Endpoint endpoint(Endpoint source) {
        var conditions = source.getConditions();
        // EndpointSlice API: an unknown condition is to be read as ready.
        var ready = conditions == null || conditions.getReady() == null || conditions.getReady();
        return new dev.adit.kube.EndpointSlice.Endpoint(List.copyOf(list(source.getAddresses())), ready);
    }
}
