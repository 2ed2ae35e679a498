package dev.adit.routing;

import dev.adit.hashing.TextHash;
import org.jspecify.annotations.Nullable;

/**
 * How a route matches the path of a request, with regard to case. A path that is not in the normal form of
 * {@link RequestPath} would match no request, or the same as another one, and is none.
 */
public sealed interface PathMatch {
    /** The path, or the expression, as it is written. */
    String text();

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
        public String text() {
            return path;
        }

        @Override
        public int length() {
            return path.length();
        }
    }

    /** A path that the expression matches from its beginning. */
    record Regex(dev.adit.routing.Regex expression) implements PathMatch {
        // By hand, as in UpstreamId.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Regex that && expression.equals(that.expression);
        }

        @Override
        public int hashCode() {
            return expression.hashCode();
        }

        @Override
        public String text() {
            return expression.toString();
        }

        @Override
        public int length() {
            return text().length();
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
        public String text() {
            return path;
        }

        @Override
        public int length() {
            return path.equals("/") ? 0 : path.length();
        }
    }

    /** How many characters have to match; of a prefix, without the slash at its end. */
    int length();
}
