package dev.adit.routing.policy;

/** No line of the access log is written for requests of the route. */
public record Unlogged() implements Policy {}
