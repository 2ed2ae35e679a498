package dev.adit.kube.convert;

import static dev.adit.kube.convert.Conversions.addresses;
import static dev.adit.kube.convert.Conversions.key;
import static dev.adit.kube.convert.Conversions.list;
import static dev.adit.kube.convert.Conversions.map;
import static dev.adit.kube.convert.Conversions.text;

import dev.adit.kube.Ingress;
import dev.adit.kube.Ingress.Backend;
import dev.adit.kube.Ingress.Path;
import dev.adit.kube.Ingress.Port;
import dev.adit.kube.Ingress.Rule;
import dev.adit.kube.Ingress.Tls;
import dev.adit.kube.api.IngressObject;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads an Ingress without judging it: translation says what is wrong, where the field is known. */
final class IngressConversion {
    private static final IngressObject.Spec NO_SPEC = new IngressObject.Spec(null, null, null, null);
    private static final String ACME_SOLVER = "acme.cert-manager.io/http01-solver";
    private static final String CLASS = "kubernetes.io/ingress.class";

    private IngressConversion() {}

    static Ingress convert(IngressObject source) {
        var meta = source.getMetadata();
        var spec = source.spec() == null ? NO_SPEC : source.spec();
        return new Ingress(
                key(source),
                text(meta.getUid()),
                createdAt(meta.getCreationTimestamp()),
                Optional.ofNullable(spec.ingressClassName()),
                Optional.ofNullable(map(meta.getAnnotations()).get(CLASS)),
                Optional.ofNullable(spec.defaultBackend()).map(IngressConversion::backend),
                list(spec.rules()).stream().map(IngressConversion::rule).toList(),
                list(spec.tls()).stream()
                        .map(t -> new Tls(List.copyOf(list(t.hosts())), text(t.secretName())))
                        .toList(),
                "true".equals(map(meta.getLabels()).get(ACME_SOLVER)),
                settings(map(meta.getAnnotations())),
                addresses(source.status()));
    }

    private static Map<String, String> settings(Map<String, String> annotations) {
        var settings = new TreeMap<String, String>();
        annotations.forEach((name, value) -> {
            if (name.startsWith(Ingress.SETTINGS_PREFIX)) {
                settings.put(name.substring(Ingress.SETTINGS_PREFIX.length()), text(value));
            }
        });
        return settings.isEmpty() ? Map.of() : Collections.unmodifiableMap(settings);
    }

    private static Instant createdAt(@Nullable String timestamp) {
        try {
            return timestamp == null ? Instant.EPOCH : Instant.parse(timestamp);
        } catch (DateTimeParseException _) {
            return Instant.EPOCH;
        }
    }

    private static Rule rule(IngressObject.Rule source) {
        var paths = source.http() == null
                ? List.<IngressObject.Path>of()
                : list(source.http().paths());
        return new Rule(
                text(source.host()), paths.stream().map(IngressConversion::path).toList());
    }

    private static Path path(IngressObject.Path source) {
        var backend = source.backend() == null ? new Backend.Missing() : backend(source.backend());
        return new Path(text(source.path()), text(source.pathType()), backend);
    }

    private static Backend backend(IngressObject.Backend source) {
        if (source.resource() != null) {
            return new Backend.Resource(
                    text(source.resource().kind()), text(source.resource().name()));
        }
        var service = source.service();
        return service == null || text(service.name()).isEmpty()
                ? new Backend.Missing()
                : new Backend.Service(text(service.name()), port(service));
    }

    private static Port port(IngressObject.Service source) {
        var port = source.port();
        if (port == null) {
            return new Port.Missing();
        }
        if (port.number() != null) {
            return text(port.name()).isEmpty()
                    ? new Port.Numbered(port.number())
                    : new Port.Ambiguous(text(port.name()), port.number());
        }
        return text(port.name()).isEmpty() ? new Port.Missing() : new Port.Named(text(port.name()));
    }
}
