package dev.adit.routing;

import dev.adit.collection.Layered;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything that decides where a request goes and which certificate a connection gets.
 *
 * @param certificates one for each kind of key that a host has
 */
public record RoutingTable(Layered<Hostname, Host> hosts, Layered<Hostname, List<Certificate>> certificates) {
    public static final RoutingTable EMPTY = new RoutingTable(List.of(), List.of());

    private static final Comparator<Certificate> BY_NAME = Comparator.comparing(
                    (Certificate certificate) -> certificate.hosts().getFirst().text())
            .thenComparing(Certificate::secret)
            .thenComparing(Certificate::algorithm);

    /** Of several certificates with one kind of key for a host, the first is served. */
    public RoutingTable(List<Host> hosts, List<Certificate> certificates) {
        this(
                Layered.of(hosts.stream().collect(Collectors.toMap(Host::name, Function.identity()))),
                Layered.of(byHost(certificates)));
    }

    /** As people look for them; the table itself has no order. */
    public List<Host> hostsByName() {
        return hosts.values().stream()
                .sorted(Comparator.comparing(host -> host.name().text()))
                .toList();
    }

    /** Each once. */
    public List<Certificate> certificatesByName() {
        return certificates.values().stream()
                .flatMap(List::stream)
                .distinct()
                .sorted(BY_NAME)
                .toList();
    }

    private static Map<Hostname, List<Certificate>> byHost(List<Certificate> certificates) {
        var byHost = new HashMap<Hostname, List<Certificate>>();
        for (var certificate : certificates) {
            for (var host : certificate.hosts()) {
                var ofHost = byHost.computeIfAbsent(host, _ -> new ArrayList<>(1));
                if (ofHost.stream().noneMatch(other -> other.algorithm().equals(certificate.algorithm()))) {
                    ofHost.add(certificate);
                }
            }
        }
        byHost.replaceAll((_, ofHost) -> List.copyOf(ofHost));
        return byHost;
    }
}
