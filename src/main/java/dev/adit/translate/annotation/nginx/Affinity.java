package dev.adit.translate.annotation.nginx;

import dev.adit.routing.policy.SessionCookie;
import dev.adit.routing.upstream.Balancing;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.Fidelity;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import dev.adit.translate.annotation.Values;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Sessions that stay with one endpoint, by a cookie. */
public final class Affinity implements AnnotationFamily {
    /** Of a cookie whose path is that of its route. */
    public static final String PATH_OF_ROUTE = "";

    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9\\-._~!$&'()*+,=:@%/]*+");
    // A token, and blanks, which ingress-nginx lets through.
    private static final Pattern COOKIE_NAME =
            Pattern.compile("[A-Za-z0-9!#$%&'*+\\-.^_`|~](?:[A-Za-z0-9!#$%&'*+\\-.^_`|~ ]*+(?<! ))?");
    private static final int LONGEST = 256;

    private static final AnnotationKey<Boolean> AFFINITY = key(
            "affinity",
            "use cookie",
            "`cookie`: a client is served by the endpoint that has served it before",
            "endpoints take turns",
            Affinity::cookie);
    private static final AnnotationKey<Boolean> MODE = key(
                    "affinity-mode",
                    "use balanced or persistent",
                    "`balanced` and `persistent` are the same here: a session stays as long as its endpoint does",
                    "a session stays as long as its endpoint does",
                    Affinity::mode)
            .served(new Fidelity.Differs("a session stays as long as its endpoint does, with balanced, too"));
    private static final AnnotationKey<String> NAME = key(
            "session-cookie-name",
            "use a name for a cookie",
            "the name of the cookie",
            "`INGRESSCOOKIE`",
            text -> matching(COOKIE_NAME, text));
    private static final AnnotationKey<String> COOKIE_PATH = key(
            "session-cookie-path",
            "use a path",
            "the paths for which clients send it",
            "the path of the rule",
            text -> matching(PATH, text));
    private static final AnnotationKey<String> DOMAIN = key(
            "session-cookie-domain",
            "use a domain",
            "the domain to whose hosts clients send it",
            "this host",
            text -> Values.host(text.startsWith(".") ? text.substring(1) : text).map(_ -> text));
    private static final AnnotationKey<String> SAME_SITE = key(
            "session-cookie-samesite",
            "use None, Lax or Strict",
            "`None`, `Lax` or `Strict`",
            "the client decides",
            Affinity::site);
    private static final AnnotationKey<Boolean> SECURE = key(
            "session-cookie-secure",
            GoValues.TRUTH,
            "`\"true\"`: it is for TLS alone",
            "it is, where it was set by TLS",
            GoValues::truth);
    private static final AnnotationKey<Integer> MAX_AGE = key(
            "session-cookie-max-age",
            GoValues.NUMBER,
            "seconds that it is kept",
            "until the client ends",
            GoValues::integer);
    private static final AnnotationKey<Integer> EXPIRES = key(
            "session-cookie-expires",
            GoValues.NUMBER,
            "seconds that it is kept, for clients that do not know Max-Age",
            "until the client ends",
            GoValues::integer);
    private static final AnnotationKey<Boolean> CONDITIONAL = key(
            "session-cookie-conditional-samesite-none",
            GoValues.TRUTH,
            "`\"true\"`: clients that refuse cookies with `SameSite=None`, by what they say that they are, get it without",
            "all clients get it alike",
            GoValues::truth);
    private static final AnnotationKey<Boolean> CHANGE_ON_FAILURE = key(
            "session-cookie-change-on-failure",
            GoValues.TRUTH,
            "`\"true\"`: a client whose endpoint fails stays with the next one",
            "it goes back to the first one",
            GoValues::truth);

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(
                AFFINITY,
                MODE,
                NAME,
                COOKIE_PATH,
                DOMAIN,
                SAME_SITE,
                SECURE,
                MAX_AGE,
                EXPIRES,
                CONDITIONAL,
                CHANGE_ON_FAILURE);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        if (!of.get(AFFINITY).orElse(false)) {
            return;
        }
        var name = of.get(NAME).orElse("INGRESSCOOKIE");
        into.upstream(policy -> policy.with(new Balancing.Cookie(name)));
        into.add(new SessionCookie(
                name,
                of.get(COOKIE_PATH).orElse(PATH_OF_ROUTE),
                of.get(DOMAIN),
                of.get(SAME_SITE),
                of.get(SECURE).filter(secure -> secure),
                number(of.get(MAX_AGE)),
                number(of.get(EXPIRES)),
                of.get(CONDITIONAL).orElse(false),
                of.get(CHANGE_ON_FAILURE).orElse(false)));
    }

    /** Whether a cookie can have this path: what else a path may hold would end the attribute. */
    public static boolean isPath(String text) {
        return matching(PATH, text).isPresent();
    }

    private static OptionalInt number(Optional<Integer> value) {
        return value.map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    private static Optional<Boolean> cookie(String text) {
        return text.equals("cookie") ? Optional.of(true) : Optional.empty();
    }

    private static Optional<Boolean> mode(String text) {
        return text.equals("balanced") || text.equals("persistent") ? Optional.of(true) : Optional.empty();
    }

    private static Optional<String> site(String text) {
        return text.equals("None") || text.equals("Lax") || text.equals("Strict")
                ? Optional.of(text)
                : Optional.empty();
    }

    private static Optional<String> matching(Pattern pattern, String text) {
        return text.length() <= LONGEST && pattern.matcher(text).matches() ? Optional.of(text) : Optional.empty();
    }

    private static <T> AnnotationKey<T> key(
            String name, String allowed, String doc, String otherwise, Function<String, Optional<T>> reading) {
        return AnnotationKey.of(name, Scope.INGRESS, OnError.DEFAULT, allowed, doc, otherwise, reading);
    }
}
