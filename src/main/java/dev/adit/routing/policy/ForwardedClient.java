package dev.adit.routing.policy;

import java.util.List;

/**
 * The client is who the proxies in front say that it is: its address, its scheme, and the host and port that it asked for.
 *
 * @param proxies whose word is taken
 * @param field that has the addresses, to which each proxy adds that of its own client
 * @param isChainKept whether endpoints get all of the addresses, and not that of the client alone
 */
public record ForwardedClient(List<Network> proxies, FieldName field, boolean isChainKept) implements Policy {
    public ForwardedClient {
        proxies = List.copyOf(proxies);
    }

    /** Whether a proxy with this address is believed. */
    public boolean believes(byte[] address) {
        return proxies.stream().anyMatch(network -> network.contains(address));
    }
}
