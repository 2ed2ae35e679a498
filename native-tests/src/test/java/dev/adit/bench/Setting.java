package dev.adit.bench;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;

/**
 * Where a subject runs: what it serves, on which ports, and how it reaches the API where it is a controller.
 *
 * @param directory for its own files
 * @param isH2c whether the origin speaks HTTP/2 without TLS, and no other protocol
 * @param probe the port of its health endpoint, where it has one
 * @param kubeconfig with the token of a ServiceAccount, as in a pod
 */
public record Setting(
        Path directory,
        Scale scale,
        KeyPairs pairs,
        InetSocketAddress origin,
        boolean isH2c,
        int http,
        int https,
        int probe,
        Path kubeconfig,
        URI api,
        Path ca,
        String token) {}
