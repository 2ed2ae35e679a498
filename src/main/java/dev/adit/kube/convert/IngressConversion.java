package dev.adit.kube.convert;

import static dev.adit.kube.convert.Conversions.key;
import static dev.adit.kube.convert.Conversions.list;
import static dev.adit.kube.convert.Conversions.map;
import static dev.adit.kube.convert.Conversions.text;

import dev.adit.kube.Ingress.Backend;
import dev.adit.kube.Ingress.Path;
import dev.adit.kube.Ingress.Port;
import dev.adit.kube.Ingress.Rule;
import dev.adit.kube.Ingress.Tls;
import dev.adit.kube.LoadBalancerAddress;
import io.fabric8.kubernetes.api.model.networking.v1.HTTPIngressPath;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.IngressBackend;
import io.fabric8.kubernetes.api.model.networking.v1.IngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.IngressServiceBackend;
import io.fabric8.kubernetes.api.model.networking.v1.IngressSpec;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads an Ingress without judging it: translation says what is wrong, where the field is known. */
final class IngressConversion {
    private static final String CLASS = "kubernetes.io/ingress.class";

    private IngressConversion() {}

    static dev.adit.kube.Ingress convert(Ingress source) {
        var meta = source.getMetadata();
        var spec = source.getSpec() == null ? new IngressSpec() : source.getSpec();
        return new dev.adit.kube.Ingress(
                key(source),
                text(meta.getUid()),
                createdAt(meta.getCreationTimestamp()),
                Optional.ofNullable(spec.getIngressClassName()),
                Optional.ofNullable(map(meta.getAnnotations()).get(CLASS)),
                Optional.ofNullable(spec.getDefaultBackend()).map(IngressConversion::backend),
                list(spec.getRules()).stream().map(IngressConversion::rule).toList(),
                list(spec.getTls()).stream()
                        .map(t -> new Tls(List.copyOf(list(t.getHosts())), text(t.getSecretName())))
                        .toList(),
                addresses(source));
    }

    private static Instant createdAt(@Nullable String timestamp) {
        try {
            return timestamp == null ? Instant.EPOCH : Instant.parse(timestamp);
        } catch (DateTimeParseException _) {
            return Instant.EPOCH;
        }
    }

    private static Rule rule(IngressRule source) {
        var paths = source.getHttp() == null
                ? List.<HTTPIngressPath>of()
                : list(source.getHttp().getPaths());
        return new Rule(
                text(source.getHost()),
                paths.stream().map(IngressConversion::path).toList());
    }

    private static Path path(HTTPIngressPath source) {
        var backend = source.getBackend() == null ? new Backend.Missing() : backend(source.getBackend());
        return new Path(text(source.getPath()), text(source.getPathType()), backend);
    }

    private static Backend backend(IngressBackend source) {
        if (source.getResource() != null) {
            return new Backend.Resource(
                    text(source.getResource().getKind()),
                    text(source.getResource().getName()));
        }
        var service = source.getService();
        return service == null || text(service.getName()).isEmpty()
                ? new Backend.Missing()
                : new Backend.Service(service.getName(), port(service));
    }

    private static Port port(IngressServiceBackend source) {
        var port = source.getPort();
        if (port == null) {
            return new Port.Missing();
        }
        if (port.getNumber() != null) {
            return new Port.Numbered(port.getNumber());
        }
        return text(port.getName()).isEmpty() ? new Port.Missing() : new Port.Named(port.getName());
    }

    private static List<LoadBalancerAddress> addresses(Ingress source) {
        if (source.getStatus() == null || source.getStatus().getLoadBalancer() == null) {
            return List.of();
        }
        return list(source.getStatus().getLoadBalancer().getIngress()).stream()
                .map(i -> new LoadBalancerAddress(text(i.getIp()), text(i.getHostname())))
                .sorted()
                .toList();
    }
}
