package dev.adit.explain;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.routing.Certificate;
import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.RoutingTable;
import dev.adit.text.Hyphens;
import dev.adit.text.Lines;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A certificate that clients are shown.
 *
 * @param port of a Gateway as its listeners state it, or 0 for that of Ingresses
 * @param left until it ends; negative where it has
 */
public record ServedCertificate(Certificate certificate, int port, Duration left) {
    private static final Duration SOON = Duration.ofDays(21);
    private static final int MOST_NAMED = 5; // in a line
    private static final int MOST_HOSTS = 100;
    private static final Comparator<ServedCertificate> ORDER = Comparator.comparing(ServedCertificate::left)
            .thenComparing(served -> served.certificate().secret())
            .thenComparingInt(ServedCertificate::port);

    /** Whether somebody has to do something about it. */
    public enum State {
        OK,
        EXPIRES_SOON,
        EXPIRED,
        NOT_YET_VALID
    }

    /** All of a table, the one that ends first before the others. */
    public static List<ServedCertificate> of(RoutingTable table, Instant now) {
        var all = new ArrayList<ServedCertificate>();
        table.certificatesByName().forEach(one -> all.add(of(one, 0, now)));
        table.ports()
                .values()
                .forEach(port -> port.certificatesByName().forEach(one -> all.add(of(one, port.stated(), now))));
        all.sort(ORDER);
        return all;
    }

    private static ServedCertificate of(Certificate certificate, int port, Instant now) {
        var end = certificate.leaf().getNotAfter().toInstant();
        return new ServedCertificate(certificate, port, Duration.between(now, end));
    }

    /** The state at the moment for which {@link #left} was computed. */
    public State state() {
        var leaf = certificate.leaf();
        var now = leaf.getNotAfter().toInstant().minus(left);
        if (left.isNegative()) {
            return State.EXPIRED;
        }
        if (now.isBefore(leaf.getNotBefore().toInstant())) {
            return State.NOT_YET_VALID;
        }
        return left.compareTo(SOON) < 0 ? State.EXPIRES_SOON : State.OK;
    }

    /** The hosts of Ingresses that have no certificate: over TLS, they show the one that Adit has made itself. */
    public static List<Hostname> hostsWithout(RoutingTable table) {
        return table.hostsByName().stream()
                .map(Host::name)
                .filter(name ->
                        covering(name).noneMatch(one -> table.certificates().get(one) != null))
                .toList();
    }

    private static Stream<Hostname> covering(Hostname name) {
        return Stream.concat(
                Stream.of(name, Hostname.ANY),
                name instanceof Hostname.Exact(var text)
                        ? Stream.of(new Hostname.Wildcard(Hostname.wildcardSuffix(text)))
                        : Stream.empty());
    }

    /** For programs; names stay, new ones may come. */
    public static ObjectNode json(RoutingTable table, Instant now) {
        var json = JsonNodeFactory.instance.objectNode();
        var items = json.putArray("items");
        of(table, now).forEach(served -> items.add(served.json()));
        var without = hostsWithout(table);
        json.put("withoutCertificate", without.size());
        var hosts = json.putArray("hostsWithoutCertificate");
        without.stream().limit(MOST_HOSTS).forEach(host -> hosts.add(host.text()));
        return json;
    }

    /** The same for programs. */
    public ObjectNode json() {
        var leaf = certificate.leaf();
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("secret", certificate.secret())
                .put("subject", leaf.getSubjectX500Principal().getName())
                .put("issuer", leaf.getIssuerX500Principal().getName())
                .put("serial", leaf.getSerialNumber().toString(16))
                .put("algorithm", certificate.algorithm())
                .put("notBefore", leaf.getNotBefore().toInstant().toString())
                .put("notAfter", leaf.getNotAfter().toInstant().toString())
                .put("daysLeft", left.toDays())
                .put("state", Hyphens.of(state()));
        if (port != 0) {
            json.put("port", port);
        }
        json.put("hostCount", certificate.hosts().size());
        var hosts = json.putArray("hosts");
        certificate.hosts().stream().limit(MOST_HOSTS).forEach(host -> hosts.add(host.text()));
        return json;
    }

    /** A line for each certificate, the one that ends first before the others. */
    public static Lines text(RoutingTable table, Instant now) {
        var text = new Lines();
        of(table, now).forEach(served -> text.add(served.line()));
        var without = hostsWithout(table);
        if (!without.isEmpty()) {
            text.add("no certificate for " + names(without) + ": over TLS, Adit shows its own, which no client trusts");
        }
        return text;
    }

    private String line() {
        var leaf = certificate.leaf();
        return "%s  %s%s  until %s, %s  %s by %s"
                .formatted(
                        certificate.secret(),
                        names(certificate.hosts()),
                        port == 0 ? "" : " on port " + port,
                        leaf.getNotAfter().toInstant(),
                        switch (state()) {
                            case OK, EXPIRES_SOON -> left.toDays() + " days left";
                            case EXPIRED -> "EXPIRED";
                            case NOT_YET_VALID -> "NOT YET VALID";
                        },
                        certificate.algorithm(),
                        leaf.getIssuerX500Principal().getName());
    }

    private static String names(List<Hostname> hosts) {
        var first = hosts.stream().limit(MOST_NAMED).map(Hostname::text).collect(Collectors.joining(", "));
        return hosts.size() > MOST_NAMED ? first + " and " + (hosts.size() - MOST_NAMED) + " more" : first;
    }
}
