package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.IngressClass;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.TranslationOptions.IngressNginx;
import dev.adit.translate.annotation.Dialect;
import dev.adit.translate.annotation.adit.AditDialect;
import dev.adit.translate.annotation.nginx.NginxDialect;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides whether an Ingress is ours, and in which dialect it is read: Ingress to IngressClass to controller, as the API
 * says.
 */
final class ClassSelector {
    private static final Optional<Dialect> OWN_DIALECT = Optional.of(AditDialect.DIALECT);
    private static final Optional<Dialect> DIALECT_OF_INGRESS_NGINX = Optional.of(NginxDialect.DIALECT);

    private final Optional<IngressClass> own;
    private final Set<String> namesOfIngressNginx;
    private final boolean isIngressNginxDefault;
    private final String className;
    private final IngressNginx ingressNginx;

    ClassSelector(Objects objects, TranslationOptions options) {
        className = options.ingressClass();
        ingressNginx = options.ingressNginx();
        own = objects.all(IngressClass.KIND)
                .filter(c -> c.name().equals(className) && c.controller().equals(TranslationOptions.CONTROLLER))
                .findFirst();
        var ofIngressNginx = objects.all(IngressClass.KIND)
                .filter(c -> c.controller().equals(TranslationOptions.INGRESS_NGINX_CONTROLLER))
                .toList();
        namesOfIngressNginx =
                ofIngressNginx.stream().map(IngressClass::name).collect(Collectors.toCollection(HashSet::new));
        isIngressNginxDefault = ofIngressNginx.stream().anyMatch(IngressClass::isDefault);
        if (objects.find(IngressClass.KIND, new ObjectKey("", TranslationOptions.INGRESS_NGINX_CLASS))
                .isEmpty()) {
            // Who removes ingress-nginx removes its class, and nobody else can serve what is left.
            namesOfIngressNginx.add(TranslationOptions.INGRESS_NGINX_CLASS);
        }
    }

    /** The class that we serve, if it is there. */
    Optional<IngressClass> own() {
        return own;
    }

    boolean selects(Ingress ingress) {
        return dialect(ingress).isPresent();
    }

    /**
     * The order in which Ingresses come to own what they share: the oldest first, and of those of one second the first by name; for
     * ingress-nginx it is the last by name.
     */
    Comparator<Ingress> oldestFirst() {
        return Comparator.comparing(this::aged, Aged.OLDEST_FIRST);
    }

    /** In that order; where thousands are of one second, none is looked at more than once. */
    List<Ingress> sorted(Stream<Ingress> ingresses) {
        var aged = ingresses.map(this::aged).toArray(Aged[]::new);
        Arrays.sort(aged, Aged.OLDEST_FIRST);
        return Arrays.stream(aged).map(Aged::ingress).toList();
    }

    private record Aged(Ingress ingress, boolean isNginx, String name) {
        private static final Comparator<Aged> OLDEST_FIRST = Comparator.comparing(
                        (Aged one) -> one.ingress().createdAt())
                .thenComparing(Aged::isNginx)
                .thenComparing((one, other) -> one.isNginx()
                        ? other.name().compareTo(one.name())
                        : one.ingress().key().compareTo(other.ingress().key()));
    }

    private Aged aged(Ingress ingress) {
        return new Aged(ingress, isNginx(ingress), ingress.key().toString());
    }

    private boolean isNginx(Ingress ingress) {
        return dialect(ingress).equals(DIALECT_OF_INGRESS_NGINX);
    }

    /** How an Ingress is read; empty where it is not ours. */
    Optional<Dialect> dialect(Ingress ingress) {
        if (isOwn(ingress)) {
            return OWN_DIALECT;
        }
        return isOfIngressNginx(ingress) ? DIALECT_OF_INGRESS_NGINX : Optional.empty();
    }

    private boolean isOwn(Ingress ingress) {
        if (ingress.className().isPresent()) {
            return own.isPresent() && ingress.className().get().equals(className);
        }
        // The deprecated annotation never referred to an object, so none has to exist.
        return ingress.classAnnotation()
                .map(className::equals)
                .orElseGet(() -> own.map(IngressClass::isDefault).orElse(false));
    }

    private boolean isOfIngressNginx(Ingress ingress) {
        if (ingressNginx == IngressNginx.NONE) {
            return false;
        }
        if (ingress.className().isPresent()) {
            return namesOfIngressNginx.contains(ingress.className().get());
        }
        return ingress.classAnnotation()
                .map(name -> name.equals(TranslationOptions.INGRESS_NGINX_CLASS) || namesOfIngressNginx.contains(name))
                .orElseGet(() -> ingressNginx == IngressNginx.CLASS_OR_NONE || isIngressNginxDefault);
    }
}
