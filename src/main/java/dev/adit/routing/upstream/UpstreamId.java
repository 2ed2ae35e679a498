package dev.adit.routing.upstream;

import dev.adit.hashing.TextHash;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A port of a Service: the name is empty where the Service has a single unnamed port. The address is empty where requests go to the
 * endpoints of the Service; otherwise it is the only one to which they go. Not a record, for its hash is asked
 * for with every request and is worth keeping.
 */
public final class UpstreamId implements Comparable<UpstreamId> {
    private static final Comparator<UpstreamId> ORDER = Comparator.comparing(UpstreamId::namespace)
            .thenComparing(UpstreamId::service)
            .thenComparingInt(UpstreamId::port)
            .thenComparing(UpstreamId::portName)
            .thenComparing(UpstreamId::address);

    private final String namespace;
    private final String service;
    private final String portName;
    private final int port;
    private final String address;
    private final int hash;

    /** One whose requests go to its endpoints. */
    public UpstreamId(String namespace, String service, String portName, int port) {
        this(namespace, service, portName, port, "");
    }

    public UpstreamId(String namespace, String service, String portName, int port, String address) {
        this.namespace = namespace;
        this.service = service;
        this.portName = portName;
        this.port = port;
        this.address = address;
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

    public String address() {
        return address;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof UpstreamId that
                && hash == that.hash
                && port == that.port
                && service.equals(that.service)
                && namespace.equals(that.namespace)
                && portName.equals(that.portName)
                && address.equals(that.address);
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
        return namespace + "/" + service + ":" + port + (address.isEmpty() ? "" : "@" + address);
    }
}
