package dev.adit.kube;

import java.util.Comparator;
import java.util.Locale;

/**
 * One part of one object that is refused, and what to do about it.
 *
 * @param kind the kind of the object, or {@code File}
 * @param field the path of the field inside the object, or the line of a file
 * @param message what is wrong and how to mend it, as one sentence or two; shortened where it quotes too much
 */
public record Problem(String kind, ObjectKey object, String uid, String field, Reason reason, String message)
        implements Comparable<Problem> {

    private static final Comparator<Problem> ORDER = Comparator.comparing(Problem::kind)
            .thenComparing(Problem::object)
            .thenComparing(Problem::field)
            .thenComparing(Problem::reason)
            .thenComparing(Problem::message);

    private static final int FIELD_LENGTH = 120;
    // With the field it fits the message of an Event, which an API server takes up to 1,024 characters of.
    private static final int MESSAGE_LENGTH = 650;

    public Problem {
        field = Abbreviation.of(field, FIELD_LENGTH);
        message = Abbreviation.of(message, MESSAGE_LENGTH);
    }

    /** Whether it is a part of this object that is refused. */
    public boolean isAbout(ObjectRef ref) {
        return ref.kind().name().equals(kind) && ref.key().equals(object);
    }

    /** How much a problem matters to whoever asks what is wrong. */
    public enum Severity {
        ERROR,
        /** It may go by itself. */
        WARNING,
        /** It is none of ours. */
        NOTE
    }

    public enum Reason {
        HOST_INVALID,
        PATH_INVALID,
        PATH_TYPE_INVALID,
        PATH_CONFLICT,
        /** It looks like a regular expression, and is taken as it is written. */
        PATH_LITERAL,
        BACKEND_MISSING,
        RESOURCE_BACKEND_UNSUPPORTED,
        SERVICE_NOT_FOUND,
        SERVICE_PORT_NOT_FOUND,
        SERVICE_TYPE_UNSUPPORTED,
        EXTERNAL_NAME_UNRESOLVED,
        SECRET_NOT_FOUND,
        CERTIFICATE_INVALID,
        CERTIFICATE_KEY_MISMATCH,
        CERTIFICATE_EXPIRED,
        CERTIFICATE_NOT_YET_VALID,
        CERTIFICATE_HOST_MISMATCH,
        ADDRESS_INVALID,
        PORT_INVALID,
        ANNOTATION_INVALID,
        ANNOTATION_UNKNOWN,
        /** It cannot be read, and what holds without it does. */
        ANNOTATION_DEFAULTED,
        /** It is for another ingress controller, which keeps clients out by it. */
        ANNOTATION_FOREIGN,
        /** It is for another ingress controller. */
        ANNOTATION_IGNORED,
        /** It has no effect on something that it is for. */
        ANNOTATION_UNUSED,
        PARAMETERS_INVALID,
        PARAMETERS_NOT_FOUND,
        MANIFEST_INVALID,
        /** It is somebody else's, or nobody's. */
        CLASS_NOT_SERVED,
        /** A listener takes no requests. */
        LISTENER_NOT_SERVED,
        /** A route is not attached to what it names. */
        ROUTE_NOT_ATTACHED,
        /** A rule of a route, or a backend of it, answers an error. */
        RULE_NOT_SERVED,
        /** It says what Adit does not do, and is served without. */
        FIELD_IGNORED,
        /** What is referred to is not there, or may not be referred to. */
        REFERENCE_UNRESOLVED,
        /** It says more than one object may. */
        TOO_LARGE,
        /** It could not be looked at, for whatever reason. */
        UNREADABLE;

        /** How much it matters, where nobody is stricter. */
        public Severity severity() {
            if (this == CLASS_NOT_SERVED) {
                return Severity.NOTE;
            }
            return isReference()
                            || this == ANNOTATION_IGNORED
                            || this == ANNOTATION_DEFAULTED
                            || this == PATH_LITERAL
                            || this == FIELD_IGNORED
                    ? Severity.WARNING
                    : Severity.ERROR;
        }

        /** Whether it is another object that is missing, which may come. */
        public boolean isReference() {
            return switch (this) {
                case SERVICE_NOT_FOUND,
                        SERVICE_PORT_NOT_FOUND,
                        SECRET_NOT_FOUND,
                        PARAMETERS_NOT_FOUND,
                        REFERENCE_UNRESOLVED -> true;
                default -> false;
            };
        }

        /** Whether it is in what the object itself says, whatever else there is. */
        public boolean isOfItself() {
            return switch (this) {
                case HOST_INVALID,
                        PATH_INVALID,
                        PATH_TYPE_INVALID,
                        BACKEND_MISSING,
                        ANNOTATION_INVALID,
                        TOO_LARGE,
                        UNREADABLE -> true;
                default -> false;
            };
        }

        /** The form that Events carry: {@code ServiceNotFound}. */
        public String camelCase() {
            var text = new StringBuilder();
            for (var word : name().split("_", -1)) {
                text.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
            }
            return text.toString();
        }
    }

    /** An object that could not be looked at, and what Adit does about it. */
    public static Problem unreadable(String kind, ObjectKey object, String uid, Throwable cause, String effect) {
        var message = "could not be read: " + cause + ". " + effect;
        return new Problem(kind, object, uid, "metadata", Reason.UNREADABLE, message);
    }

    public static Problem of(KubeObject object, String field, Reason reason, String message) {
        return new Problem(object.kind().name(), object.key(), object.uid(), field, reason, message);
    }

    /** The same with another message. */
    public Problem with(String other) {
        return new Problem(kind, object, uid, field, reason, other);
    }

    @Override
    public int compareTo(Problem other) {
        return ORDER.compare(this, other);
    }

    /** Everything but the object's identity, as an Event says it. */
    public String sentence() {
        return field + ": " + message;
    }

    @Override
    public String toString() {
        return kind + " " + object + ": " + reason.camelCase() + ": " + sentence();
    }
}
