package dev.adit.tls;

import dev.adit.collection.Layered;
import dev.adit.routing.Certificate;
import dev.adit.routing.Hostname;
import dev.adit.routing.RoutingTable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The certificates of a routing table by the name that a handshake asks for; immutable. */
public final class CertificateTable {
    private final Layered<Hostname, List<Certificate>> certificates;
    private final List<Certificate> fallback;
    // With Ingresses, whose wildcards are for one label.
    private final boolean isShared;

    /**
     * Those of the ports of Ingresses.
     *
     * @param fallback for every name that the table has no certificate for
     */
    public CertificateTable(RoutingTable table, Certificate fallback) {
        this(table, RoutingTable.HTTPS, fallback);
    }

    /**
     * Those of a port.
     *
     * @param port as the table names it; one that it does not have has no certificates
     * @param fallback for every name that the port has no certificate for
     */
    public CertificateTable(RoutingTable table, Integer port, Certificate fallback) {
        var ofPort = RoutingTable.isShared(port) ? null : table.ports().get(port);
        this.certificates = RoutingTable.isShared(port)
                ? table.certificates()
                : ofPort == null ? Layered.empty() : ofPort.certificates();
        this.fallback = List.of(fallback);
        this.isShared = RoutingTable.isShared(port);
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
        return names(name)
                .flatMap(by -> Stream.ofNullable(certificates.get(by)).map(found -> new Found(Optional.of(by), found)))
                .findFirst()
                .orElseGet(() -> new Found(Optional.empty(), fallback));
    }

    /** By which a certificate may be chosen, the most specific first. */
    private Stream<Hostname> names(String name) {
        var suffix = Hostname.wildcardSuffix(name);
        if (isShared) {
            return Stream.of(new Hostname.Exact(name), new Hostname.Wildcard(suffix), Hostname.ANY);
        }
        // Clients choose how many labels there are, and each costs a look.
        var above = Stream.iterate(
                        Hostname.isTooLong(name) ? "" : suffix,
                        one -> !one.isEmpty(),
                        one -> Hostname.wildcardSuffix(one.substring(1)))
                .map(Hostname.Subdomains::new);
        return Stream.of(
                        Stream.of(new Hostname.Exact(name), new Hostname.Wildcard(suffix)),
                        above,
                        Stream.of(Hostname.ANY))
                .flatMap(some -> some);
    }

    /** Those of a host itself, which may have none. */
    List<Certificate> of(Hostname host) {
        var found = certificates.get(host);
        return found == null ? List.of() : found;
    }

    /** That of every name that has no other. */
    List<Certificate> fallback() {
        return fallback;
    }

    /**
     * Exact name, then wildcard, then that for any name, then the default certificate; the name is empty where the client sent none.
     *
     * @return one for each kind of key that there is
     */
    public List<Certificate> choose(String serverName) {
        return find(serverName).certificates();
    }
}
