package dev.adit.routing.upstream;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A port of a Service: the name is empty where the Service has a single unnamed port. */
public record UpstreamId(String namespace, String service, String portName, int port)
        implements Comparable<UpstreamId> {

    private static final Comparator<UpstreamId> ORDER = Comparator.comparing(UpstreamId::namespace)
            .thenComparing(UpstreamId::service)
            .thenComparingInt(UpstreamId::port)
            .thenComparing(UpstreamId::portName);

    // By hand: in a native image those of a record are method handles that are interpreted, and this is a key of
    // tables.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UpstreamId that
                && port == that.port
                && service.equals(that.service)
                && namespace.equals(that.namespace)
                && portName.equals(that.portName);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * namespace.hashCode() + service.hashCode()) + port;
    }

    @Override
    public int compareTo(UpstreamId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return namespace + "/" + service + ":" + port;
    }
}
