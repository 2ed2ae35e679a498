package dev.adit.tls;

import dev.adit.routing.Certificate;
import dev.adit.routing.Hostname;
import dev.adit.routing.RoutingTable;
import java.util.HashMap;
import java.util.Map;

/** Certificates by the name that a handshake asks for; immutable. */
public final class CertificateTable {
    private final Map<String, Certificate> exact = new HashMap<>();
    private final Map<String, Certificate> wildcard = new HashMap<>();
    private final Certificate fallback;

    private CertificateTable(RoutingTable table, Certificate fallback) {
        this.fallback = fallback;
        for (var certificate : table.certificates()) {
            for (var host : certificate.hosts()) {
                switch (host) {
                    case Hostname.Exact e -> exact.putIfAbsent(e.name(), certificate);
                    case Hostname.Wildcard w -> wildcard.putIfAbsent(w.suffix(), certificate);
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

    /** Exact name, then wildcard, then the default certificate; the name is empty where the client sent none. */
    public Certificate choose(String serverName) {
        var name = Hostname.normalize(serverName);
        var certificate = exact.get(name);
        if (certificate == null) {
            certificate = wildcard.get(Hostname.wildcardSuffix(name));
        }
        return certificate == null ? fallback : certificate;
    }
}
