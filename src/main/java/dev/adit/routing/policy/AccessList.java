package dev.adit.routing.policy;

import java.util.List;

/**
 * Clients with some addresses are answered 403.
 *
 * @param allowed whose clients are served; everybody's where there is none
 * @param denied whose clients are not, whatever {@code allowed} says
 * @param isEnough whether who is among {@code allowed} needs no password, and who is not may show one
 */
public record AccessList(List<Network> allowed, List<Network> denied, boolean isEnough) implements Policy {
    public AccessList {
        allowed = List.copyOf(allowed);
        denied = List.copyOf(denied);
    }

    /** One that has to be passed, whatever else is. */
    public AccessList(List<Network> allowed, List<Network> denied) {
        this(allowed, denied, false);
    }

    /** Whether a client is served. */
    public boolean admits(byte[] address) {
        return denied.stream().noneMatch(network -> network.contains(address))
                && (allowed.isEmpty() || allowed.stream().anyMatch(network -> network.contains(address)));
    }
}
