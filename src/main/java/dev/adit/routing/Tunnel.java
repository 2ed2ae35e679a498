package dev.adit.routing;

/**
 * What becomes of the connections to a host whose bytes pass unread, in both directions (RFC 9110 §3.7, "tunnel").
 *
 * @param action where they go; an answer of our own is none that such a client understands, and closes the connection
 * @param endsTls whether TLS ends here, and what is in it passes; else TLS passes as well, if there is any
 */
public record Tunnel(Route.Action action, boolean endsTls, RouteOrigin origin) {}
