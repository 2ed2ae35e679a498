package dev.adit.balance;

import dev.adit.hashing.ShortHash;
import dev.adit.routing.upstream.Endpoint;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Names by which a client can ask for an endpoint again, the same in every replica and after a restart. They do not show the address
 * at first sight, and are no secret.
 */
final class EndpointIds {
    private static final int BYTES = 16;

    private final Map<Endpoint, String> ids = new HashMap<>();

    String of(Endpoint endpoint) {
        return ids.computeIfAbsent(endpoint, EndpointIds::digest);
    }

    /** The endpoint with an id, or null where none of these has it. */
    @Nullable
    Endpoint find(@Nullable String id, List<Endpoint> endpoints) {
        if (id != null) {
            for (var endpoint : endpoints) {
                if (of(endpoint).equals(id)) {
                    return endpoint;
                }
            }
        }
        return null;
    }

    void retain(Predicate<Endpoint> live) {
        ids.keySet().removeIf(live.negate());
    }

    boolean isEmpty() {
        return ids.isEmpty();
    }

    private static String digest(Endpoint endpoint) {
        return ShortHash.of(endpoint.address() + " " + endpoint.port(), BYTES);
    }
}
