package dev.adit.observe;

import dev.adit.routing.upstream.Endpoint;
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
        public Set<Endpoint> ejected() {
            return Set.of();
        }
    };

    /** The number of open connections of clients. */
    int openConnections();

    /** The number of connections of clients since the start. */
    long acceptedConnections();

    /** The endpoints that some event loop skips for a while, because they refuse connections. */
    Set<Endpoint> ejected();
}
