package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.Hostname;
import dev.adit.routing.Route;
import dev.adit.routing.Route.Action;
import dev.adit.routing.RouteMatch;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.ValueMatch;
import dev.adit.routing.upstream.Balancing;
import dev.adit.translate.Problems;
import dev.adit.translate.annotation.nginx.Canaries.Share;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The routes of canaries. Each takes some of the requests of a route with the same host and path, with all policies of that route;
 * the oldest of several is the one. A canary of another namespace takes nothing, as no Ingress here takes requests of another namespace's.
 */
final class CanaryRoutes {
    private static final String ALWAYS = "always";
    private static final String NEVER = "never";

    private final Problems problems;
    private final Map<Place, Canary> canaries = new LinkedHashMap<>();

    private record Place(Hostname host, RouteMatch match, String namespace) {}

    private record Canary(Ingress ingress, Share share, Action.Forward action, RouteOrigin origin) {
        /** Keeping its clients as the other one does, unless it says otherwise. */
        Canary beside(Action.Forward main) {
            return share.isSticky() && keepsClients(main)
                    ? new Canary(
                            ingress,
                            share,
                            new Action.Forward(
                                    action.upstream(),
                                    action.policy().with(main.policy().balancing())),
                            origin)
                    : this;
        }
    }

    private static boolean keepsClients(Action.Forward main) {
        return main.policy().balancing() instanceof Balancing.Cookie;
    }

    CanaryRoutes(Problems problems) {
        this.problems = problems;
    }

    /** A path of a canary; nothing where its Service cannot be found, since requests then stay where they are. */
    void add(Hostname host, Ingress ingress, Share share, Route route) {
        if (route.action() instanceof Action.Forward forward) {
            var place = new Place(host, route.match(), ingress.key().namespace());
            canaries.putIfAbsent(place, new Canary(ingress, share, forward, route.origin()));
        }
    }

    /** A route, and those that go before it because of its canary. One that is closed has none. */
    List<Route> beside(Hostname host, Route main) {
        if (canaries.isEmpty() || !(main.action() instanceof Action.Forward forward)) {
            return List.of(main);
        }
        canaries.entrySet().stream()
                .filter(entry -> isElsewhere(entry.getKey(), host, main))
                .forEach(entry -> refuse(entry.getValue(), main));
        var canary = canaries.get(new Place(host, main.match(), main.origin().namespace()));
        return canary == null ? List.of(main) : routes(main, forward, canary.beside(forward));
    }

    private static boolean isElsewhere(Place place, Hostname host, Route main) {
        return place.host().equals(host)
                && place.match().equals(main.match())
                && !place.namespace().equals(main.origin().namespace());
    }

    private void refuse(Canary canary, Route main) {
        var message = "is a canary of Ingress " + main.origin().namespace() + "/"
                + main.origin().name()
                + ", which is in another namespace, and takes none of its requests; put both into"
                + " one namespace";
        problems.add(canary.ingress(), canary.origin().field(), Reason.PATH_CONFLICT, message);
    }

    private static List<Route> routes(Route main, Action.Forward forward, Canary canary) {
        var routes = new ArrayList<Route>();
        var share = canary.share();
        share.header().ifPresent(name -> byField(name, main, forward, canary, routes));
        share.cookie().ifPresent(name -> {
            routes.add(conditional(
                    main, cookie(main, name, ALWAYS), split(0, main.action(), 1, canary.action()), canary.origin()));
            routes.add(conditional(main, cookie(main, name, NEVER), kept(forward, canary), main.origin()));
        });
        routes.add(new Route(main.match(), main.policies(), weighted(forward, canary), main.origin()));
        return routes;
    }

    private static void byField(String name, Route main, Action.Forward forward, Canary canary, List<Route> routes) {
        var share = canary.share();
        Optional<ValueMatch> own = share.value()
                .<ValueMatch>map(value -> new ValueMatch.Equal(name, value))
                .or(() -> share.pattern().map(regex -> new ValueMatch.Matching(name, regex)));
        var taken = own.orElseGet(() -> new ValueMatch.Equal(name, ALWAYS));
        routes.add(conditional(main, field(main, taken), split(0, main.action(), 1, canary.action()), canary.origin()));
        if (own.isEmpty()) {
            var kept = new ValueMatch.Equal(name, NEVER);
            routes.add(conditional(main, field(main, kept), kept(forward, canary), main.origin()));
        }
    }

    private static Action weighted(Action.Forward main, Canary canary) {
        var share = canary.share();
        return share.weight() == 0
                ? kept(main, canary)
                : split(share.total() - share.weight(), main, share.weight(), canary.action());
    }

    /** For requests that stay where they are, but for those of clients that the canary keeps. */
    private static Action kept(Action.Forward main, Canary canary) {
        return canary.share().isSticky() && keepsClients(main) ? split(1, main, 0, canary.action()) : main;
    }

    /** As in ingress-nginx, what would go to a canary without endpoints stays where it is. */
    private static Action split(int stay, Action main, int go, Action.Forward canary) {
        var shares = List.of(new Route.Share(stay, main), new Route.Share(go, canary));
        return new Action.Split(shares, true);
    }

    private static Route conditional(Route main, RouteMatch match, Action action, RouteOrigin origin) {
        return new Route(match, main.policies(), action, origin);
    }

    private static RouteMatch field(Route main, ValueMatch field) {
        var match = main.match();
        return new RouteMatch(match.path(), match.method(), List.of(field), match.query(), match.cookies());
    }

    private static RouteMatch cookie(Route main, String name, String value) {
        var match = main.match();
        return new RouteMatch(
                match.path(),
                match.method(),
                match.fields(),
                match.query(),
                List.of(new ValueMatch.Equal(name, value)));
    }
}
