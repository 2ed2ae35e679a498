package dev.adit.tls;

import dev.adit.routing.Certificate;
import dev.adit.routing.Hostname;
import dev.adit.routing.RoutingTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Certificates by the name that a handshake asks for; immutable. */
public final class CertificateTable {
    private final Map<String, List<Certificate>> exact = new HashMap<>();
    private final Map<String, List<Certificate>> wildcard = new HashMap<>();
    private final List<Certificate> fallback;

    private CertificateTable(RoutingTable table, Certificate fallback) {
        this.fallback = List.of(fallback);
        for (var certificate : table.certificates()) {
            for (var host : certificate.hosts()) {
                switch (host) {
                    case Hostname.Exact e -> add(exact, e.name(), certificate);
                    case Hostname.Wildcard w -> add(wildcard, w.suffix(), certificate);
                    case Hostname.Any _ -> throw new IllegalArgumentException("a certificate is for names");
                }
            }
        }
    }

    /**
     * Indexes the certificates of a table by host.
     *
     * @param fallback for every name that the table has no certificate for
     */
    public static CertificateTable compile(RoutingTable table, Certificate fallback) {
        return new CertificateTable(table, fallback);
    }

    /** A certificate, and the host of {@code spec.tls} by which it was chosen; none for the default one. */
    public record Choice(Certificate certificate, Optional<Hostname> by) {}

    /** As the first of {@link #choose}, with the reason. */
    public Choice explain(String serverName) {
        var name = Hostname.normalize(serverName);
        var suffix = Hostname.wildcardSuffix(name);
        var certificate = choose(serverName).getFirst();
        if (exact.containsKey(name)) {
            return new Choice(certificate, Optional.of(new Hostname.Exact(name)));
        }
        return wildcard.containsKey(suffix)
                ? new Choice(certificate, Optional.of(new Hostname.Wildcard(suffix)))
                : new Choice(certificate, Optional.empty());
    }

    /**
     * Exact name, then wildcard, then the default certificate; the name is empty where the client sent none.
     *
     * @return one for each kind of key that there is
     */
    public List<Certificate> choose(String serverName) {
        var name = Hostname.normalize(serverName);
        var certificates = exact.get(name);
        if (certificates == null) {
            certificates = wildcard.get(Hostname.wildcardSuffix(name));
        }
        return certificates == null ? fallback : certificates;
    }

    private static void add(Map<String, List<Certificate>> names, String name, Certificate certificate) {
        var certificates = names.computeIfAbsent(name, _ -> new ArrayList<>(1));
        if (certificates.stream().noneMatch(other -> other.algorithm().equals(certificate.algorithm()))) {
            certificates.add(certificate);
        }
    }
}
