package dev.adit.tls;

import dev.adit.routing.Certificate;
import dev.adit.routing.RoutingTable;
import java.util.List;

/** The certificates of the live generation: written by the control thread, read by every handshake. */
public final class CertificateStore {
    private final Certificate fallback;
    private long published;
    private List<Certificate> indexed = List.of();
    private volatile CertificateTable table;

    /**
     * A store without certificates.
     *
     * @param fallback for every name that none is for
     */
    public CertificateStore(Certificate fallback) {
        this.fallback = fallback;
        this.table = CertificateTable.compile(RoutingTable.EMPTY, fallback);
    }

    public CertificateTable table() {
        return table;
    }

    /**
     * To be called by one thread.
     *
     * @param generation of the table, which is the same as long as the table is
     */
    public void publish(long generation, RoutingTable live) {
        if (generation != published && !live.certificates().equals(indexed)) {
            table = CertificateTable.compile(live, fallback);
            indexed = live.certificates();
        }
        if (generation != published) {
            published = generation;
        }
    }
}
