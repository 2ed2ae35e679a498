package dev.adit.tls;

import dev.adit.routing.Certificate;
import dev.adit.routing.Hostname;
import dev.adit.routing.RoutingTable;
import java.util.List;
import java.util.Optional;

/** The certificates of a routing table by the name that a handshake asks for; immutable. */
public final class CertificateTable {
    private final RoutingTable table;
    private final List<Certificate> fallback;

    /**
     * Those of a table.
     *
     * @param fallback for every name that the table has no certificate for
     */
    public CertificateTable(RoutingTable table, Certificate fallback) {
        this.table = table;
        this.fallback = List.of(fallback);
    }

    /** A certificate, and the host of {@code spec.tls} by which it was chosen; none for the default one. */
    public record Choice(Certificate certificate, Optional<Hostname> by) {}

    /** As the first of {@link #choose}, with the reason. */
    public Choice explain(String serverName) {
        var found = find(serverName);
        return new Choice(found.certificates().getFirst(), found.by());
    }

    /** All certificates of a name, and the host by which they were chosen. */
    record Found(Optional<Hostname> by, List<Certificate> certificates) {}

    Found find(String serverName) {
        var name = Hostname.normalize(serverName);
        Hostname by = new Hostname.Exact(name);
        var certificates = table.certificates().get(by);
        if (certificates == null) {
            by = new Hostname.Wildcard(Hostname.wildcardSuffix(name));
            certificates = table.certificates().get(by);
        }
        return certificates == null ? new Found(Optional.empty(), fallback) : new Found(Optional.of(by), certificates);
    }

    /** Those of a host itself, which may have none. */
    List<Certificate> of(Hostname host) {
        var certificates = table.certificates().get(host);
        return certificates == null ? List.of() : certificates;
    }

    /** That of every name that has no other. */
    List<Certificate> fallback() {
        return fallback;
    }

    /**
     * Exact name, then wildcard, then the default certificate; the name is empty where the client sent none.
     *
     * @return one for each kind of key that there is
     */
    public List<Certificate> choose(String serverName) {
        return find(serverName).certificates();
    }
}
