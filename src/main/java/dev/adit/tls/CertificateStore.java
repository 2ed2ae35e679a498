package dev.adit.tls;

import dev.adit.routing.Certificate;
import dev.adit.routing.RoutingTable;

/** The certificates of the live generation: written by the control thread, read by every handshake. */
public final class CertificateStore {
    private final Certificate fallback;
    private volatile CertificateTable table;

    /**
     * A store without certificates.
     *
     * @param fallback for every name that none is for
     */
    public CertificateStore(Certificate fallback) {
        this.fallback = fallback;
        this.table = new CertificateTable(RoutingTable.EMPTY, fallback);
    }

    public CertificateTable table() {
        return table;
    }

    public void publish(RoutingTable live) {
        table = new CertificateTable(live, fallback);
    }
}
