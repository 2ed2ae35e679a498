package dev.adit.translate.annotation;

import dev.adit.kube.Ingress;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Annotations for other ingress controllers. They mean nothing to a dialect of another prefix, and that can be worse than an error:
 * an Ingress that was written for a controller which keeps clients out would be open here.
 */
public final class ForeignAnnotations {
    private static final List<Controller> CONTROLLERS = List.of(
            new Controller(Ingress.ADIT, "Adit's own IngressClasses", named("client-ca.*")),
            new Controller(
                    Ingress.INGRESS_NGINX,
                    "ingress-nginx",
                    named(
                                    "auth-.*|(whitelist|allowlist|denylist)-source-range|satisfy|enable-modsecurity|modsecurity-snippet"
                                            + "|enable-owasp-core-rules")
                            .or(ForeignAnnotations::isGuardingSnippet)),
            new Controller(
                    "nginx.org/",
                    "NGINX Ingress Controller",
                    named("policies|basic-auth-.*|jwt-.*").or(ForeignAnnotations::isGuardingSnippet)),
            new Controller("nginx.com/", "NGINX Ingress Controller", named("jwt-.*|policies")),
            // What a middleware does stands in another object, and options of TLS may ask for certificates of clients.
            new Controller("traefik.ingress.kubernetes.io/", "Traefik", named("router\\.(middlewares|tls\\.options)")),
            new Controller(
                    "haproxy.org/",
                    "HAProxy Kubernetes Ingress Controller",
                    named("auth-.*|(white|black)list|(allow|deny)-list|client-ca")
                            .or(ForeignAnnotations::isGuardingSnippet)),
            new Controller("haproxy-ingress.github.io/", "HAProxy Ingress", haproxyIngress()),
            new Controller("ingress.kubernetes.io/", "HAProxy Ingress", haproxyIngress()));

    // cert-manager opens its solvers by these, wherever they are closed by default.
    private static final Set<String> EVERYBODY = Set.of("0.0.0.0/0,::/0", "::/0,0.0.0.0/0");
    private static final Pattern BLANKS = Pattern.compile("\\s");
    private static final Pattern ALLOWING = Pattern.compile("white|allow");
    private static final Pattern SNIPPET = Pattern.compile("snippets?$|^config-");
    // Beginnings of directives of nginx and of HAProxy.
    private static final List<String> GUARDING = List.of(
            "deny",
            "auth_",
            "satisfy",
            "valid_referers",
            "ssl_verify",
            "modsecurity",
            "access_by_lua",
            "internal",
            "limit_except",
            "http-request deny",
            "http-request auth",
            "http-request reject",
            "http-request tarpit",
            "http-request silent-drop",
            "tcp-request",
            "acl ");

    private ForeignAnnotations() {}

    /**
     * A controller, and which of its annotations keep clients out.
     *
     * @param restrictsAccess by name without prefix, and value
     */
    private record Controller(String prefix, String name, BiPredicate<String, String> restrictsAccess) {
        Controller {
            if (!Ingress.isForControllers(prefix)) {
                throw new IllegalArgumentException(
                        "annotations that begin with " + prefix + " are not kept by Ingress");
            }
        }

        Optional<Foreign> read(String annotation, String value) {
            return annotation.startsWith(prefix)
                    ? Optional.of(new Foreign(
                            annotation, name, restrictsAccess.test(annotation.substring(prefix.length()), value)))
                    : Optional.empty();
        }
    }

    /**
     * One of them.
     *
     * @param name whole, with its prefix
     * @param controller that reads it
     * @param restrictsAccess whether it keeps clients out there
     */
    public record Foreign(String name, String controller, boolean restrictsAccess) {}

    /** Those of an Ingress that is read in a dialect of another prefix. */
    public static List<Foreign> of(Ingress ingress, String ownPrefix) {
        return ingress.annotations().isEmpty()
                ? List.of()
                : ingress.annotations().entrySet().stream()
                        .filter(entry -> !entry.getKey().startsWith(ownPrefix))
                        .flatMap(entry -> controllers(entry.getKey(), entry.getValue()))
                        .toList();
    }

    /** Several of them in a sentence. */
    public static String list(List<Foreign> annotations) {
        return annotations.stream().map(Foreign::name).collect(Collectors.joining(", "));
    }

    /** Who reads them. */
    public static String controllers(List<Foreign> annotations) {
        return annotations.stream().map(Foreign::controller).distinct().collect(Collectors.joining(" and "));
    }

    private static Stream<Foreign> controllers(String annotation, String value) {
        return CONTROLLERS.stream().flatMap(controller -> controller.read(annotation, value).stream());
    }

    private static BiPredicate<String, String> named(String names) {
        var pattern = Pattern.compile(names);
        return (name, value) -> pattern.matcher(name.toLowerCase(Locale.ROOT)).matches()
                && !(ALLOWING.matcher(name).find()
                        && EVERYBODY.contains(BLANKS.matcher(value).replaceAll("")));
    }

    /** Configuration of the proxy itself, of which nobody else knows what it does. One with a directive that can keep clients out does. */
    private static boolean isGuardingSnippet(String name, String value) {
        return SNIPPET.matcher(name).find()
                && value.toLowerCase(Locale.ROOT)
                        .lines()
                        .flatMap(line -> Arrays.stream(line.split("[;{}]", -1)))
                        .map(String::strip)
                        .anyMatch(ForeignAnnotations::keepsOut);
    }

    private static boolean keepsOut(String directive) {
        return GUARDING.stream().anyMatch(directive::startsWith)
                || (directive.startsWith("return")
                        && directive.substring("return".length()).strip().startsWith("4"));
    }

    private static BiPredicate<String, String> haproxyIngress() {
        return named("auth-.*|(whitelist|allowlist|denylist)-source-range|oauth(-.*)?|waf(-.*)?")
                .or(ForeignAnnotations::isGuardingSnippet);
    }
}
