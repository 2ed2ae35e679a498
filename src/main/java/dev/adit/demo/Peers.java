package dev.adit.demo;

import java.net.URI;

/** Where kiada finds the other two applications: base addresses without a path. */
public record Peers(URI quote, URI quiz) {}
