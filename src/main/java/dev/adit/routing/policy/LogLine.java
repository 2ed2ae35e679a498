package dev.adit.routing.policy;

/**
 * How the lines of the access log look, where the options of the process leave that open.
 *
 * @param format with variables of nginx
 * @param isJson whether values are escaped as in texts of JSON
 */
public record LogLine(String format, boolean isJson) implements Policy {}
