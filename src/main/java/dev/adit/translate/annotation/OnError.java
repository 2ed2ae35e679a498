package dev.adit.translate.annotation;

/** What becomes of an Ingress whose annotation cannot be read. */
public enum OnError {
    /** It is served as it was good last; a new one as if the annotation were not there. */
    HOLD_BACK("the Ingress stays as it was good last; a new one is served without it"),
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
