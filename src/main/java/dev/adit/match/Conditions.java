package dev.adit.match;

import dev.adit.routing.RegexBudget;
import dev.adit.routing.RouteMatch;
import dev.adit.routing.ValueMatch;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a route asks of a request beyond its path. */
final class Conditions {
    private Conditions() {}

    static boolean hold(RouteMatch match, RoutingRequest request, RegexBudget budget) {
        return (match.method().isEmpty() || match.method().get().equals(request.method()))
                && hold(match.fields(), request::field, budget)
                && hold(match.query(), name -> parameter(request.query(), name), budget)
                && hold(match.cookies(), name -> Cookies.value(request.field("cookie"), name), budget);
    }

    private static boolean hold(List<ValueMatch> wanted, Function<String, @Nullable String> given, RegexBudget budget) {
        for (var match : wanted) {
            var value = given.apply(match.name());
            if (value == null || !match.accepts(value, budget)) {
                return false;
            }
        }
        return true;
    }

    /** The first parameter of that name, decoded as a form encodes it. */
    private static @Nullable String parameter(String query, String name) {
        for (var start = 1; start < query.length(); ) {
            var ampersand = query.indexOf('&', start);
            var end = ampersand < 0 ? query.length() : ampersand;
            var equals = query.indexOf('=', start);
            var nameEnd = equals < 0 || equals > end ? end : equals;
            if (decoded(query.substring(start, nameEnd)).equals(name)) {
                return decoded(query.substring(Math.min(nameEnd + 1, end), end));
            }
            start = end + 1;
        }
        return null;
    }

    /** What is not encoded correctly stands for itself. */
    private static String decoded(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return text;
        }
    }
}
