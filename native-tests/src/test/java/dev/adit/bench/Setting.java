package dev.adit.bench;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;

/**
 * Where a subject runs: what it serves, on which ports, and how it reaches the API where it is a controller.
 *
 * @param directory for its own files
 * @param isH2c whether the origin speaks HTTP/2 without TLS, and no other protocol
 * @param isGuarded whether the route has the policies of {@link PeerFiles}, for an origin that has none
 * @param probe the port of its health endpoint, where it has one
 * @param kubeconfig with the token of a ServiceAccount, as in a pod
 */
public record Setting(
        Path directory,
        Scale scale,
        KeyPairs pairs,
        InetSocketAddress origin,
        boolean isH2c,
        boolean isGuarded,
        int http,
        int https,
        int probe,
        Path kubeconfig,
        URI api,
        Path ca,
        String token) {}
