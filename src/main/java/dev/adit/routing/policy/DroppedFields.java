package dev.adit.routing.policy;

/**
 * Fields of a request whose names are not made of letters, digits and hyphens are taken for not sent: applications of CGI cannot tell
 * {@code X_User} from {@code X-User}.
 *
 * @param keepsUnderscores whether underscores may be in them
 */
public record DroppedFields(boolean keepsUnderscores) implements Policy {}
