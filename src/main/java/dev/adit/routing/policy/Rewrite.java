package dev.adit.routing.policy;

import java.util.Optional;

/**
 * The endpoint sees another host or path than the client asked for.
 *
 * @param forwardedPrefix what it is told in X-Forwarded-Prefix of what the path has lost
 */
public record Rewrite(Optional<String> host, Optional<PathEdit> path, Optional<PathEdit.Groups> forwardedPrefix)
        implements Policy {
    /** Without a word about it. */
    public Rewrite(Optional<String> host, Optional<PathEdit> path) {
        this(host, path, Optional.empty());
    }
}
