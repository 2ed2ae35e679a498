package dev.adit.translate.annotation;

/** What becomes of an Ingress whose annotation cannot be read. */
public enum OnError {
    /** Its last good version stays in force; a new Ingress is served as if the annotation were not there. */
    HOLD_BACK("the last good version of the Ingress stays in force; a new Ingress is served without the annotation"),
    /** Its paths answer 503: whom it would keep out, or what it would protect, is not known. */
    CLOSE("the paths answer 503");

    private final String text;

    OnError(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
