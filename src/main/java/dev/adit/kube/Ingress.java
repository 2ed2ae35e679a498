package dev.adit.kube;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A networking.k8s.io/v1 Ingress as written by its author: nothing is validated yet.
 *
 * @param createdAt {@link Instant#EPOCH} where the source gives none
 * @param className {@code spec.ingressClassName}
 * @param classAnnotation the deprecated {@code kubernetes.io/ingress.class}
 * @param isAcmeSolver whether cert-manager made it, to answer one challenge (http01) for the time of an order
 * @param annotations those that may mean something to an ingress controller ({@link #isForControllers}), by their whole names
 * @param addresses {@code status.loadBalancer.ingress} as last seen
 */
public record Ingress(
        ObjectKey key,
        String uid,
        Instant createdAt,
        Optional<String> className,
        Optional<String> classAnnotation,
        Optional<Backend> defaultBackend,
        List<Rule> rules,
        List<Tls> tls,
        boolean isAcmeSolver,
        Map<String, String> annotations,
        List<LoadBalancerAddress> addresses)
        implements KubeObject {
    public static final Kind<Ingress> KIND = Kind.of("networking.k8s.io/v1", "Ingress", "ingresses", Ingress.class);

    // RFC 1123, as the API server asks of names.
    private static final Pattern SERVICE = Pattern.compile("([a-z0-9-]{1,63}):([a-z0-9-]{1,15})");

    /** Of the annotations of Adit's own dialect. */
    public static final String ADIT = "adit.dev/";

    /** Of the annotations of ingress-nginx. */
    public static final String INGRESS_NGINX = "nginx.ingress.kubernetes.io/";

    // Of controllers that Adit may stand in for, by the prefixes that their documentation gives.
    private static final List<String> OF_CONTROLLERS = List.of(
            ADIT,
            INGRESS_NGINX,
            "nginx.org/",
            "nginx.com/",
            "traefik.ingress.kubernetes.io/",
            "haproxy.org/",
            "haproxy-ingress.github.io/",
            "ingress.kubernetes.io/");

    /** Whether an annotation is read by a dialect here, or would be by another controller. */
    public static boolean isForControllers(String annotation) {
        return OF_CONTROLLERS.stream().anyMatch(annotation::startsWith);
    }

    /** The annotations with one prefix, without it. */
    public Map<String, String> annotations(String prefix) {
        if (annotations.isEmpty()) {
            return Map.of();
        }
        var found = new TreeMap<String, String>();
        annotationNames(prefix).forEach(name -> found.put(name, annotations.get(prefix + name)));
        return found;
    }

    /** Their names alone, which can be had where a value cannot be read. */
    public Stream<String> annotationNames(String prefix) {
        return annotations.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .map(name -> name.substring(prefix.length()));
    }

    /** Of all its paths, and the default one. */
    public Stream<Backend> backends() {
        var ofPaths = rules.stream().flatMap(rule -> rule.paths().stream()).map(Path::backend);
        return Stream.concat(defaultBackend.stream(), ofPaths);
    }

    /** A Service as annotations name it, {@code NAME:PORT}; empty for what is written otherwise. */
    public static Optional<Backend.Service> service(String text) {
        return Optional.of(SERVICE.matcher(text))
                .filter(Matcher::matches)
                .map(parts -> new Backend.Service(parts.group(1), port(parts.group(2))));
    }

    private static Port port(String text) {
        return text.chars().allMatch(Character::isDigit) && text.length() <= 5
                ? new Port.Numbered(Integer.parseInt(text))
                : new Port.Named(text);
    }

    /** The same as the API shows it now: what it is for routing is of then. */
    public Ingress seenAs(Ingress now) {
        return new Ingress(
                key,
                now.uid,
                now.createdAt,
                className,
                classAnnotation,
                defaultBackend,
                rules,
                tls,
                isAcmeSolver,
                annotations,
                now.addresses);
    }

    /** The same with another age. */
    public Ingress agedFrom(Instant instant) {
        return new Ingress(
                key,
                uid,
                instant,
                className,
                classAnnotation,
                defaultBackend,
                rules,
                tls,
                isAcmeSolver,
                annotations,
                addresses);
    }

    /** What of it claims a certificate for one host, and nothing else, under a name that no object can have. */
    public Ingress claiming(String host) {
        return new Ingress(
                new ObjectKey(key.namespace(), "/" + host),
                "",
                createdAt,
                className,
                classAnnotation,
                Optional.empty(),
                List.of(),
                List.of(new Tls(List.of(host), "")),
                false,
                Map.of(),
                List.of());
    }

    /** An empty host stands for every host; no paths means that all goes to the default backend. */
    public record Rule(String host, List<Path> paths) {}

    /** An empty path or path type is one that the author left out. */
    public record Path(String path, String pathType, Backend backend) {}

    /** No hosts means the names that the certificate itself carries. */
    public record Tls(List<String> hosts, String secretName) {}

    /** Where a path or an Ingress sends its requests. */
    public sealed interface Backend {
        /** A port of a Service in the namespace of the Ingress. */
        record Service(String name, Port port) implements Backend {}

        /** Another object, which no field of the core API gives a meaning to. */
        record Resource(String kind, String name) implements Backend {}

        /** Neither a Service nor a resource was named. */
        record Missing() implements Backend {}
    }

    /** A Service port, by name or by number. */
    public sealed interface Port {
        /** As it is written; empty where it is not clear, or missing. */
        default String text() {
            return switch (this) {
                case Named(var name) -> name;
                case Numbered(var number) -> Integer.toString(number);
                case Ambiguous _, Missing _ -> "";
            };
        }

        record Named(String name) implements Port {}

        record Numbered(int number) implements Port {}

        /** Both, which the API does not allow. */
        record Ambiguous(String name, int number) implements Port {}

        record Missing() implements Port {}
    }

    @Override
    public Kind<Ingress> kind() {
        return KIND;
    }
}
