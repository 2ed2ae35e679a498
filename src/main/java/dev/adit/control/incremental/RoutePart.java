package dev.adit.control.incremental;

import dev.adit.control.Delta;
import dev.adit.kube.EndpointSlice;
import dev.adit.kube.Looks;
import dev.adit.kube.ObjectRef;
import dev.adit.kube.Problem;
import dev.adit.kube.Service;
import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.PortTable;
import dev.adit.routing.RoutingTable;
import dev.adit.translate.RouteLinks;
import dev.adit.translate.RouteLinks.Place;
import dev.adit.translate.Translation;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Some routes of the Gateway API translated anew, with all that share a host with them.
 *
 * @param places where they were and are
 */
record RoutePart(Set<ObjectRef> routes, Set<Place> places, Translation translation) {

    private static final Set<String> OF_ENDPOINTS = Set.of(Service.KIND.name(), EndpointSlice.KIND.name());

    /** What some routes mean. */
    @FunctionalInterface
    interface Meaning {
        Translation of(Collection<ObjectRef> some, Looks looks, RouteLinks links);
    }

    /**
     * The part that a change concerns; empty where that is too much, or where Ingresses are concerned. Where there is one, it has been noted.
     *
     * @param changed which may be gone
     * @param isOfAll whether what is said of a route depends on all others
     */
    static Optional<RoutePart> of(
            Set<ObjectRef> changed,
            AttachedRoutes attached,
            References references,
            Predicate<ObjectRef> isOfAll,
            Meaning meaning) {
        var some = new HashSet<>(changed);
        while (some.size() <= References.MOST) {
            var looks = new Looks();
            var links = attached.without(some);
            var translation = meaning.of(some, looks, links);
            var part = new RoutePart(some, attached.places(some, links), translation);
            if (some.stream().anyMatch(isOfAll) || part.names().anyMatch(references::concern)) {
                return Optional.empty();
            }
            // To where a route has come, others may be already.
            if (!some.addAll(attached.at(part.places))) {
                attached.update(some, links);
                references.add(looks);
                return Optional.of(part);
            }
        }
        return Optional.empty();
    }

    /** The hosts on the ports of Ingresses, and all names that share a certificate with one of them. */
    private Stream<Hostname> names() {
        var certificates = certified().stream()
                .flatMap(host ->
                        Stream.ofNullable(translation.table().certificates().get(host)))
                .flatMap(List::stream)
                .flatMap(certificate -> certificate.hosts().stream());
        var hosts = places.stream()
                .filter(place -> RoutingTable.isShared(place.port()))
                .map(Place::host);
        return Stream.concat(hosts, certificates);
    }

    /** A translation after this part of it has been translated again. */
    Delta replacing(Translation before) {
        var fresh = translation.table();
        var ports = new HashMap<Integer, PortTable>(before.table().ports());
        var changes = new HashMap<Integer, Map<Hostname, Optional<Host>>>();
        before.table().ports().forEach((port, ofPort) -> {
            var hosts = ofPort.hosts()
                    .changesTo(fresh.ports().getOrDefault(port, ofPort).hosts(), hosts(port));
            if (!hosts.isEmpty()) {
                changes.put(port, hosts);
                ports.put(port, ofPort.with(hosts));
            }
        });
        var certificates = before.table().certificates().changesTo(fresh.certificates(), certified());
        var isSame = changes.isEmpty() && certificates.isEmpty();
        var table = isSame
                ? before.table()
                : new RoutingTable(
                        before.table().hosts(), before.table().certificates().with(certificates), ports);
        var upstreams = translation.endpoints().endpoints().toMap();
        var whole = new Translation(
                table,
                before.endpoints().with(upstreams),
                before.ingresses(),
                before.defaultRoute(),
                before.statuses().with(before.statuses().changesTo(translation.statuses(), judged())),
                problems(before));
        return new Delta(whole, Map.of(), changes, !isSame, upstreams.keySet());
    }

    private Set<Hostname> hosts(int port) {
        return places.stream()
                .filter(place -> place.port() == port)
                .map(Place::host)
                .collect(Collectors.toSet());
    }

    /** The names by which routes have the certificates of their listeners on the port of Ingresses. */
    private Set<Hostname> certified() {
        return hosts(RoutingTable.HTTPS).stream()
                .filter(host -> !(host instanceof Hostname.Any))
                .map(host -> host instanceof Hostname.Subdomains(var suffix) ? new Hostname.Wildcard(suffix) : host)
                .collect(Collectors.toSet());
    }

    /** Those of all Gateways are made anew, since they count their routes. */
    private Set<ObjectRef> judged() {
        var judged = new HashSet<>(routes);
        translation.statuses().values().forEach(status -> judged.add(status.object()));
        return judged;
    }

    /** What is wrong with listeners is so whichever routes they have. */
    private List<Problem> problems(Translation before) {
        var others = before.problemsBeside(translation, this::isOfRoutes);
        var ofPart = translation.problems().stream()
                .filter(problem -> isOfRoutes(problem) || OF_ENDPOINTS.contains(problem.kind()));
        return Stream.concat(others, ofPart).toList();
    }

    private boolean isOfRoutes(Problem problem) {
        return routes.stream().anyMatch(problem::isAbout);
    }
}
