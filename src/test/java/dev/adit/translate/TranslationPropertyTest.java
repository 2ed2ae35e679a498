package dev.adit.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.kube.Ingress;
import dev.adit.kube.Ingress.Backend;
import dev.adit.kube.Ingress.Path;
import dev.adit.kube.Ingress.Port;
import dev.adit.kube.Ingress.Rule;
import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Service;
import dev.adit.match.MatchTrace.Outcome;
import dev.adit.match.RouteIndex;
import dev.adit.match.RoutingRequest;
import dev.adit.routing.Route;
import dev.adit.translate.assembly.Assembler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Translation and index together against a naive reading of the specification. */
class TranslationPropertyTest {
    private static final List<String> SERVICES = List.of("s0", "s1", "s2", "s3", "s4");
    private static final List<String> HOSTS = List.of("a.test", "b.test", "x.a.test");

    @Property(tries = 10_000)
    void every_request_goes_where_the_specification_says(
            @ForAll("ingresses") List<Ingress> ingresses, @ForAll("host") String host, @ForAll("path") String path) {
        var served = index(ingresses).match(RoutingRequest.of(host, path));
        assertThat(Optional.ofNullable(served).map(TranslationPropertyTest::service))
                .isEqualTo(new NaiveReading(ingresses).serves(host, path));
    }

    @Property(tries = 10_000)
    void objects_that_are_not_valid_change_nothing_for_the_others(
            @ForAll("ingresses") List<Ingress> ingresses,
            @ForAll("invalid") List<Ingress> invalid,
            @ForAll("host") String host,
            @ForAll("path") String path) {
        var all = new ArrayList<>(ingresses);
        all.addAll(invalid);
        var before = index(ingresses).match(RoutingRequest.of(host, path));
        var after = index(all).match(RoutingRequest.of(host, path));
        assertThat(after).isEqualTo(before);
    }

    @Property(tries = 2_000)
    void an_explanation_names_the_route_that_serves_and_nothing_else_as_the_winner(
            @ForAll("ingresses") List<Ingress> ingresses, @ForAll("host") String host, @ForAll("path") String path) {
        var index = index(ingresses);
        var trace = index.trace(RoutingRequest.of(host, path));
        var winners = trace.candidates().stream()
                .filter(candidate -> candidate.outcome() == Outcome.WINS)
                .map(candidate -> candidate.route())
                .toList();
        var served = index.match(RoutingRequest.of(host, path));
        assertThat(winners).isEqualTo(served == null ? List.of() : List.of(served));
        assertThat(trace.winner()).isEqualTo(Optional.ofNullable(served));
    }

    @Provide
    Arbitrary<List<Ingress>> ingresses() {
        var one = Combinators.combine(
                        rule().list().ofMaxSize(3),
                        Arbitraries.of(SERVICES).optional(0.3),
                        Arbitraries.integers().between(0, 2))
                .as(Draft::new);
        return one.list().ofMaxSize(6).map(drafts -> named(drafts, "i"));
    }

    @Provide
    Arbitrary<List<Ingress>> invalid() {
        var badHost = path().map(p -> new Rule("-bad-", List.of(path(p, "Prefix", "s0"))));
        var badPath = ruleHost().map(h -> new Rule(h, List.of(path("no/slash", "Prefix", "s1"))));
        var badType = ruleHost().map(h -> new Rule(h, List.of(path("/a", "Regex", "s2"), path("/%2f", "Exact", "s2"))));
        return Arbitraries.oneOf(badHost, badPath, badType)
                .list()
                .ofMinSize(1)
                .ofMaxSize(2)
                .map(rules -> new Draft(rules, Optional.empty(), 0))
                .list()
                .ofMaxSize(4)
                .map(drafts -> named(drafts, "a-bad"));
    }

    private Arbitrary<Rule> rule() {
        var paths = Combinators.combine(path(), Arbitraries.of("Exact", "Prefix"), Arbitraries.of(SERVICES))
                .as(TranslationPropertyTest::path);
        return Combinators.combine(ruleHost(), paths.list().ofMinSize(1).ofMaxSize(3))
                .as(Rule::new);
    }

    private Arbitrary<String> ruleHost() {
        return Arbitraries.of("", "a.test", "b.test", "*.test", "*.a.test", "x.a.test");
    }

    @Provide
    Arbitrary<String> host() {
        return Arbitraries.oneOf(Arbitraries.of(HOSTS), Arbitraries.of("y.a.test", "c.test", "x.y.a.test"));
    }

    @Provide
    Arbitrary<String> path() {
        return Arbitraries.of("a", "b", "aa", "A")
                .list()
                .ofMaxSize(3)
                .flatMap(segments -> Arbitraries.of("", "/")
                        .map(end -> segments.isEmpty() ? "/" : "/" + String.join("/", segments) + end));
    }

    /** An Ingress without its name, which has to differ from those of the others. */
    private record Draft(List<Rule> rules, Optional<String> defaultBackend, int second) {}

    private static List<Ingress> named(List<Draft> drafts, String prefix) {
        return IntStream.range(0, drafts.size())
                .mapToObj(i -> new Ingress(
                        new ObjectKey("ns", prefix + i),
                        "",
                        Instant.ofEpochSecond(drafts.get(i).second()),
                        Optional.of("adit"),
                        Optional.empty(),
                        drafts.get(i).defaultBackend().map(TranslationPropertyTest::backend),
                        drafts.get(i).rules(),
                        List.of(),
                        false,
                        Map.of(),
                        List.of()))
                .toList();
    }

    private static Path path(String path, String type, String service) {
        return new Path(path, type, backend(service));
    }

    private static Backend backend(String service) {
        return new Backend.Service(service, new Port.Numbered(80));
    }

    private static RouteIndex index(List<Ingress> ingresses) {
        var services = SERVICES.stream()
                .map(name -> new Service(
                        new ObjectKey("ns", name),
                        "",
                        "",
                        false,
                        List.of(new Service.Port("", 80, "")),
                        List.of(),
                        Optional.empty()));
        var items = Stream.concat(
                Stream.of(IngressClass.of("adit", TranslationOptions.CONTROLLER, true)),
                Stream.concat(services, ingresses.stream()));
        var snapshot = KubeSnapshot.of(items, Set.of(), List.of());
        var translator = new Assembler(TranslationOptions.of("adit"));
        return RouteIndex.compile(translator.translate(snapshot, Instant.EPOCH).table());
    }

    private static String service(Route route) {
        return ((Route.Action.Forward) route.action()).upstream().service();
    }
}
