package dev.adit.overload;

/**
 * The client that uses something.
 *
 * @param address the client's IP address; behind a trusted proxy the one that the proxy forwards
 * @param connection the connection, compared by identity
 */
public record Owner(String address, Object connection) {}
