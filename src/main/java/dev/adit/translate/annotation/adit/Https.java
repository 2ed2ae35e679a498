package dev.adit.translate.annotation.adit;

import dev.adit.routing.policy.FieldValue;
import dev.adit.routing.policy.Hsts;
import dev.adit.routing.policy.HttpsRedirect;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import dev.adit.translate.annotation.Values;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What becomes of requests without TLS, and of the TLS of a host. */
public final class Https implements AnnotationFamily {
    /** Whether requests without TLS are redirected. */
    public static final AnnotationKey<Boolean> SSL_REDIRECT = AnnotationKey.of(
            "ssl-redirect",
            Scope.CLASS,
            Values.TRUTH,
            "`\"true\"`: a request without TLS is answered 308 to the same URL with it, on port 443",
            "`--ssl-redirect`, for hosts of `spec.tls`; else no redirect",
            Values::truth);
    /** Whether TLS ends at the endpoints. */
    public static final AnnotationKey<Boolean> SSL_PASSTHROUGH = AnnotationKey.of(
            "ssl-passthrough",
            Scope.HOST,
            Values.TRUTH,
            "`\"true\"`: TLS for the hosts of the rules ends at the endpoint of their shortest path; only the oldest"
                    + " Ingress of a host can ask for it",
            "TLS ends here",
            Values::truth);

    private static final AnnotationKey<Hsts> HSTS = AnnotationKey.of(
            "hsts",
            Scope.CLASS,
            "use seconds, such as \"31536000; includeSubDomains\"",
            "`\"31536000; includeSubDomains; preload\"`: Strict-Transport-Security on responses over TLS",
            "what the endpoint says",
            text -> value(text).map(Hsts::new));
    private static final String MAX_AGE = "max-age=";
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}");
    private static final Map<String, String> DIRECTIVES =
            Map.of("includesubdomains", "includeSubDomains", "preload", "preload");

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(SSL_REDIRECT, HSTS, SSL_PASSTHROUGH);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        of.get(HSTS).ifPresent(into::add);
        of.get(SSL_REDIRECT)
                .ifPresent(redirects ->
                        into.https(redirects ? RouteDraft.Https.ALWAYS : RouteDraft.Https.NEVER, new HttpsRedirect()));
    }

    /** RFC 6797 §6.1. Made of known words and digits alone, so that no text of a user becomes framing (CWE-113). */
    private static Optional<FieldValue> value(String text) {
        var parts = List.of(text.split(";", -1));
        var first = trim(parts.getFirst());
        var seconds =
                first.regionMatches(true, 0, MAX_AGE, 0, MAX_AGE.length()) ? first.substring(MAX_AGE.length()) : first;
        if (!SECONDS.matcher(seconds).matches()) {
            return Optional.empty();
        }
        var value = new LinkedHashSet<String>(Set.of(MAX_AGE + seconds));
        for (var part : parts.subList(1, parts.size())) {
            var directive = DIRECTIVES.get(trim(part).toLowerCase(Locale.ROOT));
            if (directive == null || !value.add(directive)) {
                return Optional.empty(); // none may stand there twice
            }
        }
        return FieldValue.of(String.join("; ", value));
    }

    /** Without what RFC 9110 §5.6.3 calls blanks: a line end is none. */
    private static String trim(String text) {
        var start = 0;
        var end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (start < end && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
