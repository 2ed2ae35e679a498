package dev.adit.routing;

import dev.adit.hashing.TextHash;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * How a route matches the path of a request; both kinds are case-sensitive. A path that is not in the normal form of
 * {@link RequestPath} would match no request, or the same as another one, and is none.
 */
public sealed interface PathMatch {

    /** Ingress v1: the longest path wins, and of two equally long ones the exact one. */
    Comparator<PathMatch> MOST_SPECIFIC_FIRST = Comparator.comparingInt((PathMatch p) -> -p.length())
            .thenComparing(p -> p instanceof Prefix)
            .thenComparing(PathMatch::path);

    String path();

    /** The very same path. */
    record Exact(String path) implements PathMatch {
        public Exact {
            RequestPath.requireNormal(path);
        }

        // By hand, as in UpstreamId.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Exact that && path.equals(that.path);
        }

        @Override
        public int hashCode() {
            return TextHash.of(path);
        }

        @Override
        public int length() {
            return path.length();
        }
    }

    /** The path and everything below it, element by element; a trailing slash has no meaning and is dropped. */
    record Prefix(String path) implements PathMatch {
        // By hand, as in UpstreamId.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Prefix that && path.equals(that.path);
        }

        @Override
        public int hashCode() {
            return TextHash.of(path);
        }

        public Prefix {
            RequestPath.requireNormal(path);
            while (path.length() > 1 && path.endsWith("/")) {
                path = path.substring(0, path.length() - 1);
            }
        }

        @Override
        public int length() {
            return path.equals("/") ? 0 : path.length();
        }
    }

    int length();
}
