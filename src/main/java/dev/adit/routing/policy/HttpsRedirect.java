package dev.adit.routing.policy;

/** A request that came without TLS is answered with a redirect to the same URL with TLS (308). */
public record HttpsRedirect() implements Policy {}
