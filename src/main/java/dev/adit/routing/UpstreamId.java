package dev.adit.routing;

import java.util.Comparator;

/** A port of a Service: the name is empty where the Service has a single unnamed port. */
public record UpstreamId(String namespace, String service, String portName, int port)
        implements Comparable<UpstreamId> {

    private static final Comparator<UpstreamId> ORDER = Comparator.comparing(UpstreamId::namespace)
            .thenComparing(UpstreamId::service)
            .thenComparingInt(UpstreamId::port)
            .thenComparing(UpstreamId::portName);

    @Override
    public int compareTo(UpstreamId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return namespace + "/" + service + ":" + port;
    }
}
