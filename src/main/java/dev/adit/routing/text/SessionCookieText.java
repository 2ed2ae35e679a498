package dev.adit.routing.text;

import dev.adit.routing.policy.SessionCookie;
import java.util.OptionalInt;

/** The text form of a cookie that keeps sessions together. */
final class SessionCookieText {
    private SessionCookieText() {}

    static String write(SessionCookie cookie) {
        var text = new StringBuilder("session-cookie ")
                .append(Words.quote(cookie.name()))
                .append(" path ")
                .append(Words.quote(cookie.path()));
        cookie.domain().ifPresent(domain -> text.append(" domain ").append(Words.quote(domain)));
        cookie.sameSite().ifPresent(site -> text.append(" same-site ").append(site));
        cookie.isSecure().ifPresent(secure -> text.append(" secure ").append(secure));
        cookie.maxAge().ifPresent(seconds -> text.append(" max-age ").append(seconds));
        cookie.expires().ifPresent(seconds -> text.append(" expires ").append(seconds));
        return text.append(cookie.sparesOldClients() ? " spares-old-clients" : "")
                .append(cookie.followsFailure() ? " follows-failure" : "")
                .toString();
    }

    static SessionCookie read(Words words) {
        var name = words.next();
        var path = words.after("path").orElse("/");
        var domain = words.after("domain");
        var site = words.after("same-site");
        var secure = words.after("secure").map(Boolean::parseBoolean);
        var age = number(words, "max-age");
        var expires = number(words, "expires");
        return new SessionCookie(
                name,
                path,
                domain,
                site,
                secure,
                age,
                expires,
                words.take("spares-old-clients"),
                words.take("follows-failure"));
    }

    private static OptionalInt number(Words words, String name) {
        return words.take(name) ? OptionalInt.of(Integer.parseInt(words.next())) : OptionalInt.empty();
    }
}
