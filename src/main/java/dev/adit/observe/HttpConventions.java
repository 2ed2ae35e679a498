package dev.adit.observe;

import java.util.List;

/** How OpenTelemetry's semantic conventions write methods and versions of HTTP. */
public final class HttpConventions {
    /** In place of a method that HTTP does not define: clients may send any. */
    public static final String OTHER = "_OTHER";

    /** The methods that are told apart, {@link #OTHER} first. */
    public static final List<String> METHODS =
            List.of(OTHER, "GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private static final String HTTP = "HTTP/";

    private HttpConventions() {}

    /** The method, or {@link #OTHER}. */
    public static String method(String method) {
        return METHODS.contains(method) ? method : OTHER;
    }

    /** {@code HTTP/1.1} is 1.1, and {@code HTTP/2.0} is 2. */
    public static String version(String version) {
        var number = version.startsWith(HTTP) ? version.substring(HTTP.length()) : version;
        return number.equals("2.0") ? "2" : number;
    }
}
