package dev.adit.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.PathMatch;
import dev.adit.routing.RequestPath;
import dev.adit.routing.Route;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.routing.upstream.UpstreamPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** The compiled index against a plain reading of the specification. */
class MatchPropertyTest {
    @Property(tries = 2_000)
    void the_index_finds_what_a_linear_reading_of_the_rules_finds(
            @ForAll("paths") List<PathMatch> rules, @ForAll("path") String requested) {
        var routes = new ArrayList<Route>();
        var seen = new HashSet<PathMatch>();
        for (var rule : rules) {
            if (seen.add(rule)) {
                routes.add(route(rule, "r" + routes.size()));
            }
        }
        var host = new Host(new Hostname.Exact("a.test"), "ns", routes, Optional.empty());
        var index = RouteIndex.compile(new RoutingTable(List.of(host), Optional.empty(), List.of()));
        assertThat(index.match("a.test", requested)).isEqualTo(linear(routes, requested));
        assertThat(index.match("b.test", requested)).isNull();
    }

    @Property(tries = 2_000)
    void normalising_a_path_twice_changes_nothing(@ForAll("rawPath") String raw) {
        var once = RequestPath.normalize(raw);
        if (once != null) {
            assertThat(RequestPath.normalize(once)).isEqualTo(once);
            assertThat(List.of(once.split("/", -1))).doesNotContain(".", "..");
        }
    }

    @Provide
    Arbitrary<List<PathMatch>> paths() {
        Arbitrary<PathMatch> exact = path().map(PathMatch.Exact::new);
        Arbitrary<PathMatch> prefix = path().map(PathMatch.Prefix::new);
        return Arbitraries.oneOf(exact, prefix).list().ofMaxSize(20);
    }

    @Provide
    Arbitrary<String> path() {
        // Among them what is less than a slash, and more.
        return Arbitraries.of("a", "b", "aa", "A", "a!", "a-b", "!")
                .list()
                .ofMaxSize(4)
                .flatMap(segments -> Arbitraries.of("", "/")
                        .map(end -> segments.isEmpty() ? "/" : "/" + String.join("/", segments) + end));
    }

    @Provide
    Arbitrary<String> rawPath() {
        return Arbitraries.of("a", ".", "..", "%2e", "%2E%2e", "%61", "%2f", "%", "%4", "", "~", "%7E", "%25")
                .list()
                .ofMaxSize(6)
                .map(segments -> "/" + String.join("/", segments));
    }

    /** Ingress v1: exact first, then the longest prefix, element by element. */
    private static @Nullable Route linear(List<Route> routes, String path) {
        Route best = null;
        var bestLength = -1;
        for (var route : routes) {
            switch (route.path()) {
                case PathMatch.Exact e
                when e.path().equals(path) -> {
                    return route;
                }
                case PathMatch.Exact _ -> {}
                case PathMatch.Prefix p -> {
                    var elements = elements(p.path());
                    if (elements.size() > bestLength && startsWith(elements(path), elements)) {
                        best = route;
                        bestLength = elements.size();
                    }
                }
            }
        }
        return best;
    }

    private static List<String> elements(String path) {
        var elements = new ArrayList<>(List.of(path.substring(1).split("/", -1)));
        if (elements.getLast().isEmpty()) {
            elements.removeLast();
        }
        return elements;
    }

    private static boolean startsWith(List<String> path, List<String> prefix) {
        return path.size() >= prefix.size() && path.subList(0, prefix.size()).equals(prefix);
    }

    private static Route route(PathMatch path, String name) {
        var action = new Route.Action.Forward(new UpstreamId("ns", name, "", 80), UpstreamPolicy.DEFAULT);
        return new Route(path, action, new RouteOrigin("ns", name, "field"));
    }
}
