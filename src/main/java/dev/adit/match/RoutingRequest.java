package dev.adit.match;

import dev.adit.routing.RequestPath;
import org.jspecify.annotations.Nullable;

/** What of a request decides which route takes it. */
public interface RoutingRequest {
    /** Without port, in lower case and without a trailing dot. */
    String host();

    /** As {@link RequestPath#normalize} returns it. */
    String path();

    /** With its question mark, or empty. */
    String query();

    String method();

    /**
     * The value of a header field; several fields of one name are joined by a comma and a blank (RFC 9110 §5.3).
     *
     * @param name in lower case
     */
    @Nullable
    String field(String name);

    /** The same with the path that nginx looks for. */
    default RoutingRequest merged() {
        var merged = RequestPath.merged(path());
        return merged.equals(path()) ? this : new Merged(this, merged);
    }

    /** A request with another path. */
    record Merged(RoutingRequest request, String path) implements RoutingRequest {
        @Override
        public String host() {
            return request.host();
        }

        @Override
        public String query() {
            return request.query();
        }

        @Override
        public String method() {
            return request.method();
        }

        @Override
        public @Nullable String field(String name) {
            return request.field(name);
        }
    }

    /** A GET without fields. */
    static RoutingRequest of(String host, String path) {
        return new Plain(host, path);
    }

    /** A GET without fields. */
    record Plain(String host, String path) implements RoutingRequest {
        @Override
        public String query() {
            return "";
        }

        @Override
        public String method() {
            return "GET";
        }

        @Override
        public @Nullable String field(String name) {
            return null;
        }
    }
}
