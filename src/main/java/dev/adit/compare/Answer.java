package dev.adit.compare;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What one of them has answered. */
public sealed interface Answer {
    /**
     * A response.
     *
     * @param fields those that are compared, by name in lower case
     * @param certificate of the server, where it was asked by TLS
     */
    record Response(int status, Map<String, List<String>> fields, Optional<String> certificate, String body)
            implements Answer {}

    /** None, and why. */
    record Failure(String reason) implements Answer {}

    /** All of it that is compared, by what it is called. */
    default Map<String, String> facts() {
        var facts = new TreeMap<String, String>();
        switch (this) {
            case Failure(var reason) -> facts.put("failure", reason);
            case Response(var status, var fields, var certificate, var body) -> {
                fields.forEach((name, values) -> facts.put(name, String.join(" | ", values)));
                facts.put("status", Integer.toString(status));
                certificate.ifPresent(text -> facts.put("certificate", text));
                if (!body.isEmpty()) {
                    facts.put("body", body);
                }
            }
        }
        return facts;
    }
}
