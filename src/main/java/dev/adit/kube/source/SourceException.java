package dev.adit.kube.source;

/** The source can never be read as it is set up: the message says what and how to mend it. */
public final class SourceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SourceException(String message) {
        super(message);
    }
}
