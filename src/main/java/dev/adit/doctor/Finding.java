package dev.adit.doctor;

/**
 * What was found about one subject.
 *
 * @param remedy what to do; empty where nothing has to be done
 */
public record Finding(Level level, String subject, String text, String remedy) {
    /** How bad it is. */
    public enum Level {
        OK,
        /** Something does not work as it could. */
        WARNING,
        /** Clients notice it, or will. */
        ERROR
    }

    static Finding ok(String subject, String text) {
        return new Finding(Level.OK, subject, text, "");
    }

    static Finding warning(String subject, String text, String remedy) {
        return new Finding(Level.WARNING, subject, text, remedy);
    }

    static Finding error(String subject, String text, String remedy) {
        return new Finding(Level.ERROR, subject, text, remedy);
    }
}
