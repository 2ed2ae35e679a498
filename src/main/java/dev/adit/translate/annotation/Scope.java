package dev.adit.translate.annotation;

/** How much an annotation is about. */
public enum Scope {
    /** All routes of an Ingress; its class may give it to every Ingress that has none of its own. */
    CLASS("Ingress, or class"),
    /** All routes of one Ingress. */
    INGRESS("Ingress"),
    /** A whole host, whichever Ingress it is in. */
    HOST("host");

    private final String text;

    Scope(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
