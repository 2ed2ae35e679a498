package dev.adit.observe.log;

/** What is written of the query of a URL, in which applications have been found to put secrets. */
public enum Queries {
    KEEP,
    HIDE;

    private static final String HIDDEN = "REDACTED"; // as OpenTelemetry has it

    /** A URL, or a part of one. */
    String of(String url) {
        var question = this == KEEP ? -1 : url.indexOf('?');
        return question < 0 || question == url.length() - 1 ? url : url.substring(0, question + 1) + HIDDEN;
    }

    /** A query without its question mark. */
    String query(String query) {
        return this == KEEP || query.isEmpty() ? query : HIDDEN;
    }
}
