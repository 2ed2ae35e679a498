package dev.adit.translate.annotation;

/** What becomes of an Ingress whose annotation cannot be read. */
public enum OnError {
    /** Its last good version stays in force; a new Ingress is served as if the annotation were not there. */
    HOLD_BACK("the last good version of the Ingress stays in force; a new Ingress is served without the annotation"),
    /** What holds without the annotation. */
    DEFAULT("the Ingress is served as if the annotation were not there"),
    /** Its last good version stays in force; a new Ingress answers 503, since ingress-nginx would not serve it. */
    REFUSE("the last good version of the Ingress stays in force; the paths of a new one answer 503"),
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
