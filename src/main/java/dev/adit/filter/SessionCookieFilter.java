package dev.adit.filter;

import dev.adit.match.Cookies;
import dev.adit.routing.policy.SessionCookie;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Locale;

/** Tells a client which endpoint has served it, where its cookie does not say so already. */
final class SessionCookieFilter implements Filter {
    // RFC 9110 §5.6.7
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final SessionCookie policy;
    private final String plain;
    private final String secure;

    SessionCookieFilter(SessionCookie policy) {
        this.policy = policy;
        var attributes = new StringBuilder("; Path=").append(policy.path());
        policy.domain().ifPresent(domain -> attributes.append("; Domain=").append(domain));
        policy.maxAge().ifPresent(seconds -> attributes.append("; Max-Age=").append(seconds));
        policy.sameSite().ifPresent(site -> attributes.append("; SameSite=").append(site));
        attributes.append("; HttpOnly");
        this.plain = attributes + (policy.isSecure().orElse(false) ? "; Secure" : "");
        this.secure = attributes + "; Secure";
    }

    @Override
    public void response(FilteredRequest request, FilteredResponse response) {
        var served = request.endpointId();
        if (served == null || !request.isSession()) {
            return;
        }
        var field = String.join(";", request.fields().getAll(HttpHeaderNames.COOKIE));
        var asked = Cookies.value(field, policy.name());
        if (served.equals(asked) || (asked != null && !policy.followsFailure() && request.knowsEndpoint(asked))) {
            return;
        }
        var cookie = policy.name() + "=" + served + expires() + (request.isSecure() ? secure : plain);
        // Before those of the endpoint, as from ingress-nginx.
        var cookies = new ArrayList<String>();
        cookies.add(cookie);
        cookies.addAll(response.fields().getAll(HttpHeaderNames.SET_COOKIE));
        response.fields().set(HttpHeaderNames.SET_COOKIE, (Iterable<String>) cookies);
    }

    private String expires() {
        return policy.expires().isEmpty()
                ? ""
                : "; Expires="
                        + DATE.format(Instant.now()
                                .plus(Duration.ofSeconds(policy.expires().getAsInt())));
    }
}
