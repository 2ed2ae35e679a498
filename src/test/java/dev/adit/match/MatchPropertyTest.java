package dev.adit.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.PathMatch;
import dev.adit.routing.Regex;
import dev.adit.routing.RegexBudget;
import dev.adit.routing.RequestPath;
import dev.adit.routing.Route;
import dev.adit.routing.RouteMatch;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.ValueMatch;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.routing.upstream.UpstreamPolicy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** The compiled index against a plain reading of the specification. */
class MatchPropertyTest {
    private static final List<String> NAMES = List.of("x", "y");
    private static final List<String> VALUES = List.of("a", "b", "a b");
    private static final List<String> EXPRESSIONS = List.of("/a", "/.*", "/a/(b|aa)", "/(?!b).*", "/[ab]+$");

    @Property(tries = 5_000)
    void the_index_finds_what_a_linear_reading_of_the_rules_finds(
            @ForAll("matches") List<RouteMatch> rules, @ForAll("request") Asked asked) {
        var routes = routes(rules);
        var index = index(routes);
        assertThat(index.match(asked)).isEqualTo(linear(routes, asked));
        assertThat(index.match(RoutingRequest.of("b.test", asked.path()))).isNull();
    }

    @Property(tries = 2_000)
    void a_trace_calls_every_other_route_by_what_it_lacks(
            @ForAll("matches") List<RouteMatch> rules, @ForAll("request") Asked asked) {
        var routes = routes(rules);
        for (var candidate : index(routes).trace(asked).candidates()) {
            var match = candidate.route().match();
            var expected = candidate.route().equals(linear(routes, asked))
                    ? MatchTrace.Outcome.WINS
                    : !takes(match.path(), asked.path())
                            ? MatchTrace.Outcome.OTHER_PATH
                            : !conditionsHold(match, asked)
                                    ? MatchTrace.Outcome.OTHER_CONDITIONS
                                    : MatchTrace.Outcome.LESS_SPECIFIC;
            assertThat(candidate.outcome()).as(candidate.toString()).isEqualTo(expected);
        }
    }

    /** The name itself, then one label under a wildcard, then the longest suffix, then everything. */
    @Property(tries = 2_000)
    void the_most_specific_host_takes_a_name(
            @ForAll("hosts") Set<Hostname> hosts, @ForAll("name") String name, @ForAll("hosts") Set<Hostname> gone) {
        var expected = hosts.stream()
                .filter(host -> !gone.contains(host) && host.covers(name))
                .max(Comparator.comparingInt(MatchPropertyTest::closeness));
        var index = index(hosts).with(gone.stream().collect(Collectors.toMap(host -> host, _ -> Optional.empty())));
        assertThat(index.trace(RoutingRequest.of(name, "/")).owner()).isEqualTo(expected);
        assertThat(Optional.ofNullable(index.match(RoutingRequest.of(name, "/")))
                        .map(route -> route.origin().name()))
                .isEqualTo(expected.map(Hostname::text));
    }

    /** Each label of it would cost a look, and clients choose how many there are. */
    @Example
    void a_text_that_is_longer_than_any_name_is_under_no_suffix() {
        var index = index(Set.of(new Hostname.Subdomains(".a")));
        assertThat(index.match(RoutingRequest.of("b.".repeat(126) + "a", "/"))).isNotNull();
        assertThat(index.match(RoutingRequest.of("b.".repeat(127) + "a", "/"))).isNull();
        assertThat(index.trace(RoutingRequest.of("b.".repeat(127) + "a", "/")).candidates())
                .isEmpty();
    }

    private static int closeness(Hostname host) {
        return switch (host) {
            case Hostname.Any _ -> 0;
            case Hostname.Subdomains(var suffix) -> suffix.length();
            case Hostname.Wildcard _ -> 1_000;
            case Hostname.Exact _ -> 2_000;
        };
    }

    private static RouteIndex index(Set<Hostname> hosts) {
        return RouteIndex.compile(new RoutingTable(
                hosts.stream()
                        .map(host -> new Host(
                                host,
                                "ns",
                                List.of(new Route(
                                        RouteMatch.of(new PathMatch.Prefix("/")),
                                        new Route.Action.Answer(404, "NoRule"),
                                        new RouteOrigin("ns", host.text(), "")))))
                        .toList(),
                List.of()));
    }

    @Provide
    Arbitrary<Set<Hostname>> hosts() {
        var suffix = Arbitraries.of("a", "b").list().ofMinSize(1).ofMaxSize(3).map(labels -> String.join(".", labels));
        return Arbitraries.<Hostname>oneOf(
                        Arbitraries.<Hostname>just(Hostname.ANY),
                        suffix.<Hostname>map(Hostname.Exact::new),
                        suffix.<Hostname>map(text -> new Hostname.Wildcard("." + text)),
                        suffix.<Hostname>map(text -> new Hostname.Subdomains("." + text)))
                .set()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<String> name() {
        return Arbitraries.of("a", "b").list().ofMinSize(1).ofMaxSize(4).map(labels -> String.join(".", labels));
    }

    /** Each of them costs the length of the path times the size of its program. */
    @Example
    void the_expressions_of_one_request_share_what_they_may_cost() {
        var path = "/" + "ab".repeat(2_000);
        assertThat(index(expressions(1)).match(RoutingRequest.of("a.test", path)))
                .isNull();
        assertThatThrownBy(() -> index(expressions(300)).match(RoutingRequest.of("a.test", path)))
                .isInstanceOf(RegexBudget.SpentException.class);
    }

    private static List<Route> expressions(int count) {
        return routes(IntStream.range(0, count)
                .mapToObj(i -> RouteMatch.of(new PathMatch.Regex(regex("/(a|b|ab)*c" + i))))
                .toList());
    }

    @Property(tries = 2_000)
    void normalising_a_path_twice_changes_nothing(@ForAll("rawPath") String raw) {
        var once = RequestPath.normalize(raw);
        if (once != null) {
            assertThat(RequestPath.normalize(once)).isEqualTo(once);
            assertThat(List.of(once.split("/", -1))).doesNotContain(".", "..");
        }
    }

    /** A request as a client means it: parameters and cookies before they are encoded. */
    record Asked(
            String path,
            String method,
            Map<String, String> fields,
            Map<String, String> parameters,
            Map<String, String> cookies)
            implements RoutingRequest {
        @Override
        public String host() {
            return "a.test";
        }

        @Override
        public String query() {
            var query = new StringBuilder();
            parameters.forEach((name, value) -> query.append(query.isEmpty() ? '?' : '&')
                    .append(name)
                    .append('=')
                    .append(value.replace(" ", "%20")));
            return query.toString();
        }

        @Override
        public @Nullable String field(String name) {
            if (!name.equals("cookie") || cookies.isEmpty()) {
                return fields.get(name);
            }
            var pairs = new ArrayList<String>();
            cookies.forEach((cookie, value) -> pairs.add(cookie + "=" + value));
            return String.join("; ", pairs);
        }
    }

    @Provide
    Arbitrary<List<RouteMatch>> matches() {
        Arbitrary<PathMatch> exact = path().map(PathMatch.Exact::new);
        Arbitrary<PathMatch> prefix = path().map(PathMatch.Prefix::new);
        Arbitrary<PathMatch> regex = Arbitraries.of(EXPRESSIONS).map(text -> new PathMatch.Regex(regex(text)));
        var paths = Arbitraries.frequencyOf(Tuple.of(2, exact), Tuple.of(4, prefix), Tuple.of(1, regex));
        return Combinators.combine(paths, Arbitraries.of("GET", "POST").optional(0.3), values(), values(), values())
                .as(RouteMatch::new)
                .list()
                .ofMaxSize(8);
    }

    private static Arbitrary<List<ValueMatch>> values() {
        Arbitrary<ValueMatch> equal = Combinators.combine(Arbitraries.of(NAMES), Arbitraries.of(VALUES))
                .as(ValueMatch.Equal::new);
        Arbitrary<ValueMatch> matching = Arbitraries.of(NAMES).map(name -> new ValueMatch.Matching(name, regex("a")));
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.just(List.of())),
                Tuple.of(
                        1,
                        Arbitraries.oneOf(equal, matching).list().ofMinSize(1).ofMaxSize(2)));
    }

    @Provide
    Arbitrary<Asked> request() {
        return Combinators.combine(path(), Arbitraries.of("GET", "POST"), pairs(), pairs(), pairs())
                .as(Asked::new);
    }

    private static Arbitrary<Map<String, String>> pairs() {
        return Arbitraries.maps(Arbitraries.of(NAMES), Arbitraries.of(VALUES)).ofMaxSize(2);
    }

    @Provide
    Arbitrary<String> path() {
        // Among them what is less than a slash, and more.
        return Arbitraries.of("a", "b", "aa", "A", "a!", "a-b", "!")
                .list()
                .ofMaxSize(3)
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

    /** The sentences of the specification, one comparison after the other; of equals the one that was given first. */
    private static @Nullable Route linear(List<Route> routes, RoutingRequest request) {
        Route best = null;
        for (var route : routes) {
            if (takes(route.match().path(), request.path())
                    && conditionsHold(route.match(), (Asked) request)
                    && (best == null || isBefore(route.match(), best.match()))) {
                best = route;
            }
        }
        return best;
    }

    private static boolean isBefore(RouteMatch one, RouteMatch other) {
        var ranks = new int[][] {
            {kind(one.path()), kind(other.path())},
            {length(other.path()), length(one.path())},
            {one.method().isPresent() ? 0 : 1, other.method().isPresent() ? 0 : 1},
            {
                other.fields().size() + other.cookies().size(),
                one.fields().size() + one.cookies().size()
            },
            {other.query().size(), one.query().size()}
        };
        for (var rank : ranks) {
            if (rank[0] != rank[1]) {
                return rank[0] < rank[1];
            }
        }
        // Two expressions of one length: any order, as long as it is always the same.
        return one.path().text().compareTo(other.path().text()) < 0 && one.path() instanceof PathMatch.Regex;
    }

    private static int kind(PathMatch path) {
        return path instanceof PathMatch.Exact ? 0 : path instanceof PathMatch.Regex ? 1 : 2;
    }

    private static int length(PathMatch path) {
        return path instanceof PathMatch.Prefix(var prefix)
                ? elements(prefix).size()
                : path.text().length();
    }

    private static boolean takes(PathMatch rule, String path) {
        return switch (rule) {
            case PathMatch.Exact(var wanted) -> wanted.equals(path);
            case PathMatch.Regex(var regex) ->
                java.util.regex.Pattern.compile(regex.toString()).matcher(path).lookingAt();
            case PathMatch.Prefix(var wanted) -> startsWith(elements(path), elements(wanted));
        };
    }

    private static boolean conditionsHold(RouteMatch match, Asked asked) {
        return match.method().map(asked.method()::equals).orElse(true)
                && hold(match.fields(), asked.fields())
                && hold(match.query(), asked.parameters())
                && hold(match.cookies(), asked.cookies());
    }

    private static boolean hold(List<ValueMatch> wanted, Map<String, String> given) {
        return wanted.stream().allMatch(match -> {
            var value = given.get(match.name());
            return value != null
                    && (match instanceof ValueMatch.Equal(var _, var text)
                            ? value.equals(text)
                            : value.startsWith("a"));
        });
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

    private static List<Route> routes(List<RouteMatch> rules) {
        var routes = new ArrayList<Route>();
        var seen = new HashSet<RouteMatch>();
        for (var rule : rules) {
            if (seen.add(rule)) {
                routes.add(route(rule, "r" + routes.size()));
            }
        }
        return routes;
    }

    private static RouteIndex index(List<Route> routes) {
        var host = new Host(new Hostname.Exact("a.test"), "ns", routes);
        return RouteIndex.compile(new RoutingTable(List.of(host), List.of()));
    }

    private static Regex regex(String text) {
        return ((Regex.Parsed.Valid) Regex.parse(text)).regex();
    }

    private static Route route(RouteMatch match, String name) {
        var action = new Route.Action.Forward(new UpstreamId("ns", name, "", 80), UpstreamPolicy.DEFAULT);
        return new Route(match, action, new RouteOrigin("ns", name, "field"));
    }
}
