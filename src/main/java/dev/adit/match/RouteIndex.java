package dev.adit.match;

import dev.adit.collection.Layered;
import dev.adit.match.MatchTrace.Outcome;
import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.PathMatch;
import dev.adit.routing.RegexBudget;
import dev.adit.routing.RequestPath;
import dev.adit.routing.Route;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.Tunnel;
import dev.adit.routing.policy.IngressNginxFields;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A routing table compiled for look-up; immutable after construction. */
public final class RouteIndex {
    private final Layered<String, HostIndex> exact;
    private final Layered<String, HostIndex> wildcard;
    private final Layered<String, HostIndex> subdomains;
    private final @Nullable HostIndex any;
    private final int demandingHosts;

    private RouteIndex(
            Layered<String, HostIndex> exact,
            Layered<String, HostIndex> wildcard,
            Layered<String, HostIndex> subdomains,
            @Nullable HostIndex any,
            int demandingHosts) {
        this.exact = exact;
        this.wildcard = wildcard;
        this.subdomains = subdomains;
        this.any = any;
        this.demandingHosts = demandingHosts;
    }

    /** That of the hosts of Ingresses. */
    public static RouteIndex compile(RoutingTable table) {
        return compile(table.hosts());
    }

    static RouteIndex compile(Layered<Hostname, Host> all) {
        var hosts = all.entries().collect(Collectors.toMap(Map.Entry::getKey, entry -> Optional.of(entry.getValue())));
        return new RouteIndex(Layered.empty(), Layered.empty(), Layered.empty(), null, 0).with(hosts);
    }

    /**
     * The same with other hosts.
     *
     * @param hosts by name; empty for one that goes
     */
    public RouteIndex with(Map<Hostname, Optional<Host>> hosts) {
        var named = new Sorted();
        hosts.forEach((name, host) -> named.put(name, host.map(HostIndex::new)));
        return new RouteIndex(
                exact.with(named.exact),
                wildcard.with(named.wildcard),
                subdomains.with(named.subdomains),
                named.any.getOrDefault("", Optional.ofNullable(any)).orElse(null),
                demandingHosts + demanding(named.all()) - demandingBefore(named));
    }

    private static int demanding(Stream<Optional<HostIndex>> hosts) {
        return (int) hosts.filter(host -> host.isPresent() && host.get().demand != null)
                .count();
    }

    private int demandingBefore(Sorted changed) {
        var before = Stream.of(
                        changed.exact.keySet().stream().map(name -> Optional.ofNullable(exact.get(name))),
                        changed.wildcard.keySet().stream().map(name -> Optional.ofNullable(wildcard.get(name))),
                        changed.subdomains.keySet().stream().map(name -> Optional.ofNullable(subdomains.get(name))),
                        changed.any.keySet().stream().map(_ -> Optional.ofNullable(any)))
                .flatMap(hosts -> hosts);
        return demanding(before);
    }

    /** Hosts by name, as the index keeps them. */
    private static final class Sorted {
        private final Map<String, Optional<HostIndex>> exact = new HashMap<>();
        private final Map<String, Optional<HostIndex>> wildcard = new HashMap<>();
        private final Map<String, Optional<HostIndex>> subdomains = new HashMap<>(1);
        private final Map<String, Optional<HostIndex>> any = new HashMap<>(1);

        void put(Hostname name, Optional<HostIndex> host) {
            switch (name) {
                case Hostname.Exact e -> exact.put(e.name(), host);
                case Hostname.Wildcard w -> wildcard.put(w.suffix(), host);
                case Hostname.Subdomains s -> subdomains.put(s.suffix(), host);
                case Hostname.Any _ -> any.put("", host);
            }
        }

        Stream<Optional<HostIndex>> all() {
            return Stream.of(exact, wildcard, subdomains, any)
                    .map(hosts -> hosts.values().stream())
                    .flatMap(values -> values);
        }
    }

    /**
     * The route of a request, or null when nothing takes it.
     *
     * @throws dev.adit.routing.RegexBudget.SpentException where an expression takes too long for it
     */
    public @Nullable Route match(RoutingRequest request) {
        var index = owner(request.host());
        return index == null ? null : index.match(request);
    }

    /**
     * The route of a request where two tables share a port: the more specific host owns the request, and of two that have the same
     * name, this table's.
     *
     * @throws dev.adit.routing.RegexBudget.SpentException where an expression takes too long for it
     */
    @Nullable
    Route matchBefore(RouteIndex other, RoutingRequest request) {
        var own = owner(request.host());
        var others = other.owner(request.host());
        var index = isAhead(own, others) ? own : others;
        return index == null ? null : index.match(request);
    }

    /** Whether a host of this table owns the requests for a name, and none of another one. */
    boolean owns(RouteIndex other, String host) {
        return isAhead(owner(host), other.owner(host));
    }

    private static boolean isAhead(@Nullable HostIndex own, @Nullable HostIndex others) {
        return own != null
                && (others == null
                        || Hostname.specificity(own.host.name()) >= Hostname.specificity(others.host.name()));
    }

    /** Where the connections for a server name go unread, or null where their requests are read: the host that owns these says so. */
    public @Nullable Tunnel tunnel(String serverName) {
        var owner = owner(serverName);
        return owner == null ? null : owner.host.tunnel().orElse(null);
    }

    /** Whether a host of this table owns the requests for a name. */
    public boolean knows(String host) {
        return owner(host) != null;
    }

    /** The host that owns the requests for a name, or null. */
    public @Nullable Hostname owning(String host) {
        var owner = owner(host);
        return owner == null ? null : owner.host.name();
    }

    /** Whether two names belong to different listeners of Gateways. */
    boolean areApart(String one, String other) {
        var ofOne = owner(one);
        var ofOther = owner(other);
        return ofOne != null && ofOther != null && !ofOne.host.listener().equals(ofOther.host.listener());
    }

    /** Whether any handshake asks clients for a certificate. */
    public boolean demandsClients() {
        return demandingHosts > 0;
    }

    /** What the handshake for a server name asks of the client, or null for nothing. */
    public @Nullable ClientCertificateRequest clientDemand(String serverName) {
        var owner = owner(serverName);
        return owner == null ? null : owner.demand;
    }

    /** The same question, with the reasons. */
    public MatchTrace trace(RoutingRequest request) {
        var owner = owner(request.host());
        var winner = match(request);
        var candidates = new ArrayList<MatchTrace.Candidate>();
        covering(request.host())
                .forEach(index -> index.host.routes().forEach(route -> {
                    var outcome =
                            index.equals(owner) ? outcome(route, index.read(request), winner) : Outcome.OTHER_HOST;
                    candidates.add(new MatchTrace.Candidate(index.host.name(), route, outcome));
                }));
        var name = Optional.ofNullable(owner).map(o -> o.host.name());
        return new MatchTrace(name, candidates, Optional.ofNullable(winner));
    }

    private static Outcome outcome(Route route, RoutingRequest request, @Nullable Route winner) {
        if (route.equals(winner)) {
            return Outcome.WINS;
        }
        if (!PathIndex.matches(route.match().path(), request.path(), new RegexBudget())) {
            return Outcome.OTHER_PATH;
        }
        return Conditions.hold(route.match(), request, new RegexBudget())
                ? Outcome.LESS_SPECIFIC
                : Outcome.OTHER_CONDITIONS;
    }

    /** The most specific host owns the request, even if none of its paths matches. */
    private @Nullable HostIndex owner(String host) {
        var index = exact.get(host);
        if (index == null && !wildcard.isEmpty()) {
            index = wildcard.get(Hostname.wildcardSuffix(host));
        }
        // Clients choose how many labels there are, and each costs a look.
        if (index == null && !subdomains.isEmpty() && !Hostname.isTooLong(host)) {
            index = longest(host);
        }
        return index == null ? any : index;
    }

    private @Nullable HostIndex longest(String host) {
        for (var suffix = Hostname.wildcardSuffix(host); !suffix.isEmpty(); suffix = shorter(suffix)) {
            var found = subdomains.get(suffix);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    private static String shorter(String suffix) {
        var dot = suffix.indexOf('.', 1);
        return dot < 0 ? "" : suffix.substring(dot);
    }

    /** All hosts that a name is of, the most specific first. */
    private Stream<HostIndex> covering(String host) {
        var parent = Hostname.wildcardSuffix(host);
        var above = Stream.iterate(
                        Hostname.isTooLong(host) ? "" : parent, suffix -> !suffix.isEmpty(), RouteIndex::shorter)
                .map(subdomains::get);
        return Stream.of(Stream.of(exact.get(host), wildcard.get(parent)), above, Stream.ofNullable(any))
                .flatMap(hosts -> hosts)
                .filter(Objects::nonNull);
    }

    private static final class HostIndex {
        private final Host host;
        private final PathIndex paths;
        private final @Nullable ClientCertificateRequest demand;
        private final boolean isOfNginx;

        HostIndex(Host host) {
            this.host = host;
            this.paths = new PathIndex(host.routes());
            this.demand = ClientCertificateRequest.of(host);
            this.isOfNginx = host.routes().stream()
                    .anyMatch(route -> route.policy(IngressNginxFields.class).isPresent());
        }

        @Nullable
        Route match(RoutingRequest request) {
            var read = read(request);
            if (!read.path().equals(request.path())) {
                // A rule that is written unmerged is for those who ask so.
                var literal = paths.match(request);
                if (literal != null && isUnmerged(literal.match().path())) {
                    return literal;
                }
            }
            return paths.match(read);
        }

        private static boolean isUnmerged(PathMatch path) {
            return !(path instanceof PathMatch.Regex)
                    && !RequestPath.merged(path.text()).equals(path.text());
        }

        /** What guards a path by ingress-nginx guards whatever nginx takes for that path. */
        RoutingRequest read(RoutingRequest request) {
            return isOfNginx ? request.merged() : request;
        }
    }
}
