package dev.adit.routing.policy;

import java.util.List;

/**
 * What an endpoint says in some fields clients are not told: those that are meant for a proxy like nginx, and others.
 *
 * @param showsServer whether they are told what the endpoint is
 * @param others that they are not told either
 */
public record HiddenFields(boolean showsServer, List<FieldName> others) implements Policy {
    public HiddenFields {
        others = List.copyOf(others);
    }
}
