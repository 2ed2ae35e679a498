package dev.adit.translate.annotation;

/** How a setting that another controller reads is served here, for whoever moves over. */
public sealed interface Fidelity {
    /** As there. */
    record Exact() implements Fidelity {}

    /**
     * In another way.
     *
     * @param how a part of a sentence
     */
    record Differs(String how) implements Fidelity {}

    /** Not at all where it says something, and the Ingress is served all the same. */
    record NotServed() implements Fidelity {}

    /** Read, and of no meaning, since Adit does not work like that inside. */
    record NoMeaning() implements Fidelity {}

    /**
     * Not at all, and where it says something the Ingress is closed.
     *
     * @param instead what to do, beginning with a verb
     */
    record Refused(String instead) implements Fidelity {}

    /** In a table. */
    default String text() {
        return switch (this) {
            case Exact _ -> "exactly";
            case Differs(var how) -> "otherwise: " + how;
            case NotServed _ -> "not served";
            case NoMeaning _ -> "no meaning";
            case Refused _ -> "refused";
        };
    }
}
