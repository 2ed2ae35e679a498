package dev.adit.explain;

import dev.adit.match.Generation;
import dev.adit.routing.PortTable;
import dev.adit.routing.RoutingTable;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a request comes in: of all that have the port of its URL, the first that has its host. On the machine itself the ports of Ingresses may
 * have any number, so that they are meant where no Gateway has the one of the URL.
 *
 * @param port as the routing table names it
 * @param name for people
 * @param elsewhere the Gateways that have the host on that port, too
 */
record AskedPort(Integer port, String name, List<String> elsewhere) {

    static AskedPort of(Generation generation, Question question, String host) {
        var own = generation.table().portsByNumber().entrySet().stream()
                .filter(entry -> !RoutingTable.isShared(entry.getKey()) && isMeant(entry.getValue(), question))
                .toList();
        var having = own.stream()
                .filter(entry -> generation.owning(host, entry.getKey()).knows(host))
                .toList();
        var shared = RoutingTable.port(question.isSecure());
        var isOfIngresses = question.gateway().isEmpty() && question.port() == shared;
        var isShared = question.gateway().isEmpty()
                && generation.owning(host, shared).knows(host)
                && (isOfIngresses || own.isEmpty());
        var chosen = Stream.concat(having.stream(), isOfIngresses ? Stream.empty() : own.stream())
                .filter(_ -> !isShared)
                .findFirst();
        var others = having.stream()
                .filter(entry -> chosen.filter(entry::equals).isEmpty())
                .map(entry -> entry.getValue().use().owner())
                .filter(owner -> !owner.isEmpty())
                .toList();
        return chosen.map(entry -> new AskedPort(entry.getKey(), name(entry.getValue(), question), others))
                .orElseGet(() -> new AskedPort(shared, scheme(question), others));
    }

    private static boolean isMeant(PortTable table, Question question) {
        var isOfProtocol = switch (table.use().protocol()) {
            case HTTP -> !question.isSecure();
            case HTTPS -> question.isSecure();
            case TCP -> true;
        };
        return isOfProtocol
                && table.stated() == question.port()
                && (question.gateway().isEmpty()
                        || table.use().owner().isEmpty()
                        || question.gateway().equals(table.use().owner()));
    }

    private static String name(PortTable table, Question question) {
        var owner = table.use().owner();
        return scheme(question) + ", port " + table.stated() + " of "
                + (owner.isEmpty() ? "Gateways" : "Gateway " + owner);
    }

    private static String scheme(Question question) {
        return question.isSecure() ? "https" : "http";
    }
}
