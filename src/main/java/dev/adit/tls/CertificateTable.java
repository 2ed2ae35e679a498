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
        var name = Hostname.normalize(serverName);
        var by = Optional.<Hostname>of(new Hostname.Exact(name))
                .filter(table.certificates()::containsKey)
                .or(() -> Optional.of(new Hostname.Wildcard(Hostname.wildcardSuffix(name)))
                        .filter(table.certificates()::containsKey));
        return new Choice(choose(serverName).getFirst(), by);
    }

    /**
     * Exact name, then wildcard, then the default certificate; the name is empty where the client sent none.
     *
     * @return one for each kind of key that there is
     */
    public List<Certificate> choose(String serverName) {
        var name = Hostname.normalize(serverName);
        var certificates = table.certificates().get(new Hostname.Exact(name));
        if (certificates == null) {
            certificates = table.certificates().get(new Hostname.Wildcard(Hostname.wildcardSuffix(name)));
        }
        return certificates == null ? fallback : certificates;
    }
}
