package dev.adit.migrate;

/**
 * One thing to know before moving over.
 *
 * @param field of the object
 * @param text a sentence, or several
 */
public record Finding(Kind kind, String field, String text) {
    /** In the order of how much it matters. */
    public enum Kind {
        /** Good to know, and no other answer than before. */
        NOTE,
        /** Served otherwise than before. */
        DIFFERS,
        /** ingress-nginx let everybody in, or may have done so, where somebody wanted to be kept out. */
        OPEN_BEFORE,
        /** Answered 503 until it is changed. */
        REFUSED
    }
}
