package dev.adit.match;

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
