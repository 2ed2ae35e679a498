package dev.adit.routing.upstream;

import dev.adit.hashing.TextHash;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A port of a Service: the name is empty where the Service has a single unnamed port. Not a record, for its hash is asked
 * for with every request and is worth keeping.
 */
public final class UpstreamId implements Comparable<UpstreamId> {
    private static final Comparator<UpstreamId> ORDER = Comparator.comparing(UpstreamId::namespace)
            .thenComparing(UpstreamId::service)
            .thenComparingInt(UpstreamId::port)
            .thenComparing(UpstreamId::portName);

    private final String namespace;
    private final String service;
    private final String portName;
    private final int port;
    private final int hash;

    public UpstreamId(String namespace, String service, String portName, int port) {
        this.namespace = namespace;
        this.service = service;
        this.portName = portName;
        this.port = port;
        this.hash = 31 * TextHash.of(namespace, service) + port;
    }

    public String namespace() {
        return namespace;
    }

    public String service() {
        return service;
    }

    public String portName() {
        return portName;
    }

    public int port() {
        return port;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UpstreamId that
                && hash == that.hash
                && port == that.port
                && service.equals(that.service)
                && namespace.equals(that.namespace)
                && portName.equals(that.portName);
    }

    @Override
    public int hashCode() {
        return hash;
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
