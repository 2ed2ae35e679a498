package dev.adit.routing.policy;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Endpoints get the fields that ingress-nginx adds to a request, beside those that every proxy here adds.
 *
 * @param others that they get too, in place of those that the client has sent
 * @param connection what the field Connection says; none where it is empty
 * @param identifies whether a request without X-Request-ID is given one
 * @param saysTarget whether X-Original-URI says what the client has asked for
 */
public record IngressNginxFields(
        Map<FieldName, Template> others, Optional<String> connection, boolean identifies, boolean saysTarget)
        implements Policy {
    public IngressNginxFields {
        var sorted = new TreeMap<FieldName, Template>(Comparator.comparing(FieldName::text));
        sorted.putAll(others);
        others = Collections.unmodifiableMap(sorted);
    }

    /** No others. */
    public IngressNginxFields() {
        this(Map.of(), Optional.empty(), true, false);
    }

    /** The same with these others. */
    public IngressNginxFields with(Map<FieldName, Template> fields) {
        return new IngressNginxFields(fields, connection, identifies, saysTarget);
    }
}
