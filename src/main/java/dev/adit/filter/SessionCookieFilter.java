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
    private final String attributes;
    private final String sameSite;

    SessionCookieFilter(SessionCookie policy) {
        this.policy = policy;
        var attributes = new StringBuilder("; Path=").append(policy.path());
        policy.domain().ifPresent(domain -> attributes.append("; Domain=").append(domain));
        policy.maxAge().ifPresent(seconds -> attributes.append("; Max-Age=").append(seconds));
        this.attributes = attributes.toString();
        this.sameSite = policy.sameSite().map(site -> "; SameSite=" + site).orElse("");
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
        var cookie = policy.name() + "=" + served + expires() + attributes(request);
        // Before those of the endpoint, as from ingress-nginx.
        var cookies = new ArrayList<String>();
        cookies.add(cookie);
        cookies.addAll(response.fields().getAll(HttpHeaderNames.SET_COOKIE));
        response.fields().set(HttpHeaderNames.SET_COOKIE, (Iterable<String>) cookies);
    }

    private String attributes(FilteredRequest request) {
        var isSpared = policy.sparesOldClients()
                && policy.sameSite().filter("None"::equals).isPresent()
                && !SameSiteNone.isUnderstood(request.fields().get(HttpHeaderNames.USER_AGENT, ""));
        var isSecure = request.isSecure() || policy.isSecure().orElse(false);
        return attributes + (isSpared ? "" : sameSite) + "; HttpOnly" + (isSecure ? "; Secure" : "");
    }

    private String expires() {
        return policy.expires().isEmpty()
                ? ""
                : "; Expires="
                        + DATE.format(Instant.now()
                                .plus(Duration.ofSeconds(policy.expires().getAsInt())));
    }
}
