package dev.adit.routing.policy;

import java.util.Optional;

/** The endpoint sees another host or path than the client asked for. */
public record Rewrite(Optional<String> host, Optional<PathEdit> path) implements Policy {}
