package dev.adit.tls;

import dev.adit.routing.Certificate;
import dev.adit.routing.RoutingTable;

/** The certificates of the live generation: written by the control thread, read by every handshake. */
public final class CertificateStore {
    private final Certificate fallback;
    private RoutingTable published = RoutingTable.EMPTY;
    private volatile CertificateTable table;

    /**
     * A store without certificates.
     *
     * @param fallback for every name that none is for
     */
    public CertificateStore(Certificate fallback) {
        this.fallback = fallback;
        this.table = CertificateTable.compile(published, fallback);
    }

    public CertificateTable table() {
        return table;
    }

    /** To be called by one thread. */
    public void publish(RoutingTable live) {
        if (!live.certificates().equals(published.certificates())) {
            table = CertificateTable.compile(live, fallback);
            published = live;
        }
    }
}
