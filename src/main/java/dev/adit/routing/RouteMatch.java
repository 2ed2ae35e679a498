package dev.adit.routing;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The requests that a route takes; all of it has to hold.
 *
 * @param method the one method, or empty for every method
 * @param fields what header fields have to be, by names in lower case; several fields of one name are one value, joined by
 *     a comma and a blank (RFC 9110 §5.3)
 * @param query what query parameters have to be once they are decoded; of several with one name, the first one
 * @param cookies what cookies have to be; of several with one name, the first one
 */
public record RouteMatch(
        PathMatch path,
        Optional<String> method,
        List<ValueMatch> fields,
        List<ValueMatch> query,
        List<ValueMatch> cookies) {
    public RouteMatch {
        fields = List.copyOf(fields);
        query = List.copyOf(query);
        cookies = List.copyOf(cookies);
    }

    // By hand, as those of ObjectKey: it is a key of every rule.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RouteMatch that
                && path.equals(that.path)
                && method.equals(that.method)
                && fields.equals(that.fields)
                && query.equals(that.query)
                && cookies.equals(that.cookies);
    }

    @Override
    public int hashCode() {
        var hash = path.hashCode();
        hash = 31 * hash + method.hashCode();
        hash = 31 * hash + fields.hashCode();
        hash = 31 * hash + query.hashCode();
        return 31 * hash + cookies.hashCode();
    }

    /** Every request with such a path. */
    public static RouteMatch of(PathMatch path) {
        return new RouteMatch(path, Optional.empty(), List.of(), List.of(), List.of());
    }

    /** Whether a regular expression has a say. */
    public boolean hasExpressions() {
        return path instanceof PathMatch.Regex
                || Stream.of(fields, query, cookies)
                        .flatMap(List::stream)
                        .anyMatch(ValueMatch.Matching.class::isInstance);
    }

    /** Whether the path decides, and nothing else. */
    public boolean isPathOnly() {
        return method.isEmpty() && fields.isEmpty() && query.isEmpty() && cookies.isEmpty();
    }
}
