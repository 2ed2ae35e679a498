package dev.adit.filter;

import dev.adit.http.RequestVariables;
import dev.adit.routing.policy.FieldValue;
import dev.adit.routing.policy.ReverseRewrite;
import dev.adit.routing.policy.ReverseRewrite.Replacement;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.StringJoiner;

/** Changes what an endpoint says of its own URLs, as proxy_redirect and proxy_cookie_path of nginx. */
final class ReverseRewriteFilter implements Filter {
    private static final String REFRESH = "refresh";
    private static final String URL = "url=";

    private final ReverseRewrite policy;

    ReverseRewriteFilter(ReverseRewrite policy) {
        this.policy = policy;
    }

    @Override
    public void response(FilteredRequest request, FilteredResponse response) {
        if (request.endpointId() == null) {
            return; // it is our own, and says what clients know
        }
        var variables = request.variables();
        policy.url().ifPresent(url -> {
            var location = response.fields().get(HttpHeaderNames.LOCATION);
            if (location != null) {
                set(response, HttpHeaderNames.LOCATION, begins(location, url, variables));
            }
            var refresh = response.fields().get(REFRESH);
            var at = refresh == null ? -1 : refresh.toLowerCase(Locale.ROOT).indexOf(URL);
            if (refresh != null && at >= 0) {
                var from = at + URL.length();
                set(response, REFRESH, refresh.substring(0, from) + begins(refresh.substring(from), url, variables));
            }
        });
        if (policy.cookiePath().isPresent() || policy.cookieDomain().isPresent()) {
            cookies(response, variables);
        }
    }

    private static void set(FilteredResponse response, CharSequence name, String text) {
        FieldValue.of(text).ifPresent(value -> response.fields().set(name, value.text()));
    }

    private static String begins(String text, Replacement replacement, RequestVariables variables) {
        return text.startsWith(replacement.from())
                ? variables.expand(replacement.to())
                        + text.substring(replacement.from().length())
                : text;
    }

    private void cookies(FilteredResponse response, RequestVariables variables) {
        var cookies = response.fields().getAll(HttpHeaderNames.SET_COOKIE);
        if (cookies.isEmpty()) {
            return;
        }
        var rewritten =
                cookies.stream().map(cookie -> cookie(cookie, variables)).toList();
        if (!rewritten.equals(cookies)
                && rewritten.stream().allMatch(cookie -> FieldValue.of(cookie).isPresent())) {
            response.fields().set(HttpHeaderNames.SET_COOKIE, (Iterable<String>) List.copyOf(rewritten));
        }
    }

    /** RFC 6265 §4.1.1: attributes stand behind the first semicolon. */
    private String cookie(String cookie, RequestVariables variables) {
        var parts = cookie.split(";", -1);
        var rewritten = new StringJoiner(";").add(parts[0]);
        for (var i = 1; i < parts.length; i++) {
            rewritten.add(attribute(parts[i], variables));
        }
        return rewritten.toString();
    }

    private String attribute(String attribute, RequestVariables variables) {
        var equals = attribute.indexOf('=');
        if (equals < 0) {
            return attribute;
        }
        var value = attribute.substring(equals + 1).strip();
        var replaced = switch (attribute.substring(0, equals).strip().toLowerCase(Locale.ROOT)) {
            case "path" -> policy.cookiePath().map(path -> begins(value, path, variables));
            case "domain" ->
                policy.cookieDomain()
                        .filter(domain -> withoutDot(value).equalsIgnoreCase(withoutDot(domain.from())))
                        .map(domain -> variables.expand(domain.to()));
            default -> Optional.<String>empty();
        };
        return replaced.map(text -> attribute.substring(0, equals + 1) + text).orElse(attribute);
    }

    private static String withoutDot(String domain) {
        return domain.startsWith(".") ? domain.substring(1) : domain;
    }
}
