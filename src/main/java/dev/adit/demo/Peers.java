package dev.adit.demo;

import java.net.URI;

/** Where kiada finds the other two applications: base addresses without a path. */
public record Peers(URI quote, URI quiz) {
    /** As the Services of the suite are called inside their namespace. */
    public static final Peers IN_CLUSTER = new Peers(URI.create("http://quote"), URI.create("http://quiz"));
}
