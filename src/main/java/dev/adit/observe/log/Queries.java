package dev.adit.observe.log;

/** What is written of URLs. Applications have been found to put secrets into queries, and clients put passwords before hosts. */
public enum Queries {
    KEEP,
    HIDE;

    private static final String HIDDEN = "REDACTED"; // as OpenTelemetry has it
    private static final String AUTHORITY = "//";

    /** A URL, or the target of a request, without its user information. */
    String of(String url) {
        var plain = url.startsWith("/") ? url : withoutUser(url);
        if (this == KEEP) {
            return plain;
        }
        var end = end(plain);
        return end >= plain.length() - 1 ? plain : plain.substring(0, end + 1) + HIDDEN;
    }

    /** Where the path is over. */
    private static int end(String url) {
        for (var i = 0; i < url.length(); i++) {
            if (url.charAt(i) == '?' || url.charAt(i) == '#') {
                return i;
            }
        }
        return url.length();
    }

    private static String withoutUser(String url) {
        var from = url.indexOf(AUTHORITY);
        if (from < 0) {
            return url;
        }
        var to = url.indexOf('/', from + AUTHORITY.length());
        var at = url.lastIndexOf('@', to < 0 ? url.length() : to);
        return at < from ? url : url.substring(0, from + AUTHORITY.length()) + url.substring(at + 1);
    }

    /** A host with a port, or what a client wrote in its place. */
    static String authority(String text) {
        return text.substring(text.lastIndexOf('@') + 1);
    }

    /** A query without its question mark. */
    String query(String query) {
        return this == KEEP || query.isEmpty() ? query : HIDDEN;
    }
}
