package dev.adit.routing.policy;

/**
 * Responses over TLS carry this Strict-Transport-Security in place of the endpoint's own (RFC 6797).
 *
 * @param value the value of the field, such as {@code max-age=31536000; includeSubDomains}
 */
public record Hsts(FieldValue value) implements Policy {}
