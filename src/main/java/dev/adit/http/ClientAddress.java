package dev.adit.http;

import java.util.List;

/** The address of the client that a request comes from. */
public final class ClientAddress {
    private ClientAddress() {}

    /**
     * The address of the connection; behind a trusted proxy the one that the proxy has added.
     *
     * @param forwardedFor all values of X-Forwarded-For, in order
     */
    public static String of(Client client, List<String> forwardedFor) {
        if (!client.isTrusted() || forwardedFor.isEmpty()) {
            return client.address();
        }
        var chain = forwardedFor.getLast();
        var last = chain.substring(chain.lastIndexOf(',') + 1).strip();
        return last.isEmpty() ? client.address() : last;
    }
}
