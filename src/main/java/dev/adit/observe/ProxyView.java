package dev.adit.observe;

import dev.adit.routing.upstream.Endpoint;
import java.util.Map;
import java.util.Set;

/** What others may see of the proxy. */
public interface ProxyView {
    /** Before there are listeners. */
    ProxyView NONE = new ProxyView() {
        @Override
        public int openConnections() {
            return 0;
        }

        @Override
        public long acceptedConnections() {
            return 0;
        }

        @Override
        public int activeRequests() {
            return 0;
        }

        @Override
        public Set<Endpoint> ejected() {
            return Set.of();
        }

        @Override
        public Map<String, Long> handshakes() {
            return Map.of();
        }

        @Override
        public long worstLag() {
            return 0;
        }
    };

    /** The number of open connections of clients. */
    int openConnections();

    /** The number of connections of clients since the start. */
    long acceptedConnections();

    /** The number of requests that a route has taken and that have not ended. */
    int activeRequests();

    /** The endpoints that some event loop skips for a while, because they refuse connections. */
    Set<Endpoint> ejected();

    /** The number of TLS handshakes since the start, by version, or {@link HandshakeCounts#FAILED}. */
    Map<String, Long> handshakes();

    /** How late an event loop was in the last minute, in nanoseconds: the worst of all. */
    long worstLag();
}
