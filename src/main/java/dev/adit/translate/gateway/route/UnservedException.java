package dev.adit.translate.gateway.route;

/** A part of a route that Adit does not serve, and why: the message is for the author of the route. */
final class UnservedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnservedException(String message) {
        super(message, null, false, false);
    }
}
