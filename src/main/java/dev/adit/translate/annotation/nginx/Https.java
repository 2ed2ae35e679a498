package dev.adit.translate.annotation.nginx;

import dev.adit.routing.policy.FieldValue;
import dev.adit.routing.policy.Hsts;
import dev.adit.routing.policy.HttpsRedirect;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.util.List;
import java.util.Optional;

/** What becomes of requests without TLS. */
final class Https implements AnnotationFamily {
    static final AnnotationKey<Boolean> SSL_REDIRECT = AnnotationKey.of(
            "ssl-redirect",
            Scope.INGRESS,
            OnError.DEFAULT,
            GoValues.TRUTH,
            "`\"false\"`: requests without TLS are served, though the host is listed in `spec.tls`",
            "a request without TLS for a host that some Ingress lists in `spec.tls` is answered 308",
            GoValues::truth);
    static final AnnotationKey<Boolean> FORCE_SSL_REDIRECT = AnnotationKey.of(
            "force-ssl-redirect",
            Scope.INGRESS,
            OnError.DEFAULT,
            GoValues.TRUTH,
            "`\"true\"`: a request without TLS is answered 308, whether the host is listed in `spec.tls` or not",
            "`ssl-redirect` decides",
            GoValues::truth);
    static final AnnotationKey<Boolean> PRESERVE_TRAILING_SLASH = AnnotationKey.of(
            "preserve-trailing-slash",
            Scope.INGRESS,
            OnError.DEFAULT,
            GoValues.TRUTH,
            "`\"true\"`: the redirect to https keeps a slash at the end of the URL",
            "the redirect drops it",
            GoValues::truth);
    static final AnnotationKey<Boolean> USE_PORT_IN_REDIRECTS = AnnotationKey.of(
            "use-port-in-redirects",
            Scope.INGRESS,
            OnError.DEFAULT,
            GoValues.TRUTH,
            "`\"true\"`: the redirect to https says `:443`",
            "it does not",
            GoValues::truth);
    private static final int YEAR = 31_536_000;
    private static final int PERMANENT_REDIRECT = 308;

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(SSL_REDIRECT, FORCE_SSL_REDIRECT, PRESERVE_TRAILING_SLASH, USE_PORT_IN_REDIRECTS);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        hsts(of).ifPresent(into::add);
        var how = new HttpsRedirect(
                of.get(PRESERVE_TRAILING_SLASH).orElse(false),
                of.get(NginxConfigMap.HTTP_REDIRECT_CODE).orElse(PERMANENT_REDIRECT),
                of.get(USE_PORT_IN_REDIRECTS).orElse(false));
        into.https(where(of), how);
    }

    private static Optional<Hsts> hsts(Annotations of) {
        if (!of.get(NginxConfigMap.HSTS).orElse(true)) {
            return Optional.empty();
        }
        var age = of.get(NginxConfigMap.HSTS_MAX_AGE).orElse(YEAR);
        var subdomains = of.get(NginxConfigMap.HSTS_INCLUDE_SUBDOMAINS).orElse(true) ? "; includeSubDomains" : "";
        var preload = of.get(NginxConfigMap.HSTS_PRELOAD).orElse(false) ? "; preload" : "";
        return Optional.of(new Hsts(new FieldValue("max-age=" + age + subdomains + preload)));
    }

    private static RouteDraft.Https where(Annotations of) {
        if (of.get(FORCE_SSL_REDIRECT).orElse(false)) {
            return RouteDraft.Https.ALWAYS;
        }
        return of.get(SSL_REDIRECT).orElse(true) ? RouteDraft.Https.WHERE_LISTED : RouteDraft.Https.NEVER;
    }
}
