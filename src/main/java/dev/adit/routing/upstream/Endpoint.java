package dev.adit.routing.upstream;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Where requests are sent to.
 *
 * @param pod the name of the pod that has the address; empty where it is none. What observers tell of it: two endpoints of one address and
 *     port are the same one
 */
public record Endpoint(String address, int port, String pod) implements Comparable<Endpoint> {
    private static final Comparator<Endpoint> ORDER =
            Comparator.comparing(Endpoint::address).thenComparingInt(Endpoint::port);

    /** One that is no pod, or whose pod does not matter. */
    public Endpoint(String address, int port) {
        this(address, port, "");
    }

    // By hand, as in UpstreamId: asked for every request.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Endpoint that && port == that.port && address.equals(that.address);
    }

    @Override
    public int hashCode() {
        return 31 * address.hashCode() + port;
    }

    @Override
    public int compareTo(Endpoint other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + port;
    }
}
