package dev.adit.control.incremental;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.control.Delta;
import dev.adit.kube.BackendTlsPolicy;
import dev.adit.kube.ForeignReference;
import dev.adit.kube.Gateway;
import dev.adit.kube.GatewayClass;
import dev.adit.kube.GatewayService;
import dev.adit.kube.HttpRoute;
import dev.adit.kube.Ingress;
import dev.adit.kube.Ingress.Backend;
import dev.adit.kube.Ingress.Path;
import dev.adit.kube.Ingress.Port;
import dev.adit.kube.Ingress.Rule;
import dev.adit.kube.Ingress.Tls;
import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeObject;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem;
import dev.adit.kube.Secret;
import dev.adit.kube.Service;
import dev.adit.kube.Status;
import dev.adit.kube.source.SnapshotSource.Changes;
import dev.adit.match.Generation;
import dev.adit.match.RouteIndex;
import dev.adit.match.RoutingRequest;
import dev.adit.routing.RoutingTable;
import dev.adit.translate.GatewayPorts;
import dev.adit.translate.Translation;
import dev.adit.translate.TranslationOptions;
import dev.adit.x509.SelfSigned;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** A part that is made anew, in the place of what it was, against everything made anew. */
class PartialTranslationPropertyTest {
    private static final List<String> HOSTS = List.of("", "a.test", "b.test", "*.test", "*.a.test", "x.a.test");
    private static final List<String> ASKED =
            List.of("a.test", "b.test", "c.test", "x.a.test", "y.a.test", "z.y.a.test");
    private static final List<String> PATHS = List.of("/", "/a", "/a/b", "/b", "/c/", "/.well-known/acme-challenge/t");
    private static final List<String> SERVICES = List.of("s0", "s1", "s2");

    private static final List<List<Tls>> TLS = List.of(
            List.of(),
            List.of(),
            List.of(),
            List.of(new Tls(List.of("a.test"), "c0")),
            List.of(new Tls(List.of("b.test", "x.a.test"), "c1")),
            List.of(new Tls(List.of("*.test"), "c2")),
            List.of(new Tls(List.of("a.test", "*.a.test"), "c2")),
            List.of(new Tls(List.of(), "c0")),
            List.of(new Tls(List.of("b.test"), "gone")));
    private static final List<IngressClass> CLASSES = List.of(ingressClass(true), ingressClass(false));
    // The last one is spoken to by TLS.
    private static final List<Service> OBJECTS = List.of(
            service("ns", "s0", ""),
            service("ns", "s1", ""),
            service("ns", "s2", "https"),
            service("other", "s0", ""),
            service("other", "s1", ""),
            service("other", "s2", "https"));
    // Of none but authorities: a key pair that goes is remembered, and what is made anew has no memory.
    private static final List<Secret> AUTHORITIES = List.of(authorities("ns"), authorities("other"));
    private static final List<Secret> PAIRS = List.of(
            secret("ns", "c0", "a.test"),
            secret("ns", "c1", "b.test"),
            secret("ns", "c2", "*.test"),
            secret("other", "c0", "a.test"),
            secret("other", "c2", "*.test"));
    private static final List<Secret> RENEWED =
            List.of(secret("ns", "c0", "a.test"), secret("ns", "c1", "b.test"), secret("other", "c2", "*.test"));

    private static final int OWN_PORT = 8_080;
    private static final TranslationOptions OF_SERVICES =
            TranslationOptions.of("adit").with(new GatewayPorts(GatewayPorts.Mode.SERVICE, Set.of()));
    private static final BackendTlsPolicy POLICY = new BackendTlsPolicy(
            new ObjectKey("ns", "policy"),
            "p",
            1,
            Instant.EPOCH,
            List.of(new BackendTlsPolicy.Target(new ForeignReference("", "Service", "", "s1"), "")),
            List.of(),
            "System",
            "s1.test",
            List.of(),
            List.of());

    private static int parts;
    private static int partsOfRoutes;

    @Property(tries = 2_000)
    void a_part_made_anew_answers_as_if_everything_had_been(@ForAll("steps") List<FakeCluster.Step> steps) {
        follow(cluster(), steps);
    }

    @Property(tries = 500)
    void so_it_does_where_gateways_have_some_of_the_hosts(
            @ForAll("steps") List<FakeCluster.Step> steps, @ForAll @IntRange(max = 60) int since) {
        follow(cluster(gateways(Instant.EPOCH.plusSeconds(since))), steps);
    }

    @Property(tries = 2_000)
    void so_it_does_where_routes_change(
            @ForAll("routeSteps") List<FakeCluster.Step> steps, @ForAll @IntRange(max = 60) int since) {
        follow(cluster(gateways(Instant.EPOCH.plusSeconds(since))), steps);
    }

    @Property(tries = 1_000)
    void so_it_does_where_each_gateway_has_ports_of_its_own(
            @ForAll("routeSteps") List<FakeCluster.Step> steps, @ForAll @IntRange(max = 60) int since) {
        var objects = new ArrayList<>(gateways(Instant.EPOCH.plusSeconds(since)));
        var alone = translator(OF_SERVICES).translate(cluster(objects).snapshot(), cluster(objects));
        alone.statuses().values().stream()
                .flatMap(status -> status instanceof Status.OfGateway of
                                && of.place() instanceof Status.Place.Own(var wanted, var _)
                        ? wanted.stream()
                        : Stream.<GatewayService>empty())
                .forEach(wanted -> objects.add(recorded(wanted)));
        follow(cluster(objects), steps, OF_SERVICES);
    }

    /** The Service of a Gateway as Adit has made it. */
    private static Service recorded(GatewayService wanted) {
        var targets = wanted.ports().stream()
                .collect(Collectors.toMap(GatewayService.Port::name, GatewayService.Port::target));
        return new Service(
                wanted.key(),
                "LoadBalancer",
                "",
                false,
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(new Service.Targets(wanted.gateway(), targets)));
    }

    private static IncrementalTranslator translator(TranslationOptions options) {
        return new IncrementalTranslator(options, Clock.systemUTC());
    }

    private static void follow(FakeCluster cluster, List<FakeCluster.Step> steps) {
        follow(cluster, steps, TranslationOptions.of("adit"));
    }

    private static void follow(FakeCluster cluster, List<FakeCluster.Step> steps, TranslationOptions options) {
        var translator = translator(options);
        var translation = translator.translate(cluster.snapshot(), cluster);
        var generation = generation(translation);
        for (var step : steps) {
            var patch = cluster.apply(step) instanceof Changes.Named named
                    ? translator.translate(named, cluster, translation)
                    : Optional.<Delta>empty();
            if (patch.isPresent()) {
                parts++;
                partsOfRoutes += step instanceof FakeCluster.Step.Put(HttpRoute _) ? 1 : 0;
                generation = patch.get().applyTo(generation);
                translation = patch.get().translation();
            } else {
                translation = translator.translate(cluster.snapshot(), cluster);
                generation = generation(translation);
            }
            same(translation, generation, cluster.snapshot(), options);
        }
    }

    @Example
    void what_the_source_could_not_read_stays_said() {
        var cluster = cluster(gateways(Instant.EPOCH));
        var unread = Problem.unreadable("HTTPRoute", new ObjectKey("ns", "route"), "r", new Error("x"), "It stays");
        var translator = translator(TranslationOptions.of("adit"));
        var snapshot = cluster.snapshot();
        var translation = translator.translate(
                new KubeSnapshot(snapshot.objects(), snapshot.slices(), Set.of(), List.of(unread)), cluster);
        var route = route("r0", Instant.EPOCH, parents(""), List.of("b.test"), "s0");
        var changes = (Changes.Named) cluster.apply(new FakeCluster.Step.Put(route));
        var part = translator.translate(changes, cluster, translation).orElseThrow();
        assertThat(part.translation().problems()).contains(unread);
    }

    @Example
    void what_was_served_in_the_place_of_a_fault_goes_with_it() {
        var cluster = cluster();
        var translator = new IncrementalTranslator(TranslationOptions.of("adit"), Clock.systemUTC());
        var translation = translator.translate(cluster.snapshot(), cluster);
        for (var version : List.of(version("a.test", "5"), version("b.test", "bad"), version("b.test", "6"))) {
            var changes = cluster.apply(new FakeCluster.Step.Put(version));
            translation = translator
                    .translate((Changes.Named) changes, cluster, translation)
                    .orElseThrow()
                    .translation();
            var hosts = translation.table().hosts().values().stream()
                    .map(host -> host.name().text());
            assertThat(hosts)
                    .containsExactly(version.annotations().get("adit.dev/hsts").equals("6") ? "b.test" : "a.test");
        }
    }

    private static Ingress version(String host, String hsts) {
        return new Ingress(
                new ObjectKey("ns", "i"),
                "u",
                Instant.EPOCH,
                Optional.of("adit"),
                Optional.empty(),
                Optional.empty(),
                List.of(new Rule(host, List.of(new Path("/", "Prefix", backend("s0"))))),
                List.of(),
                false,
                Map.of("adit.dev/hsts", hsts),
                List.of());
    }

    @net.jqwik.api.lifecycle.AfterContainer
    static void most_steps_were_made_in_part() {
        assertThat(parts).isGreaterThan(2_000);
        assertThat(partsOfRoutes).isGreaterThan(2_000);
    }

    private static Generation generation(Translation translation) {
        return new Generation(1, translation.table(), RouteIndex.compile(translation.table()), translation.endpoints());
    }

    private static void same(
            Translation translation, Generation generation, KubeSnapshot snapshot, TranslationOptions options) {
        var whole = translator(options).translate(snapshot, snapshot);
        var expected = generation(whole);
        for (var host : ASKED) {
            var ports = Stream.of(
                            Set.of(RoutingTable.HTTP, RoutingTable.HTTPS),
                            generation.ports().keySet(),
                            expected.ports().keySet())
                    .flatMap(Set::stream)
                    .collect(Collectors.toSet());
            for (var port : ports) {
                for (var path : PATHS) {
                    var request = RoutingRequest.of(host, path);
                    assertThat(generation.match(request, port))
                            .as(host + path)
                            .isEqualTo(expected.match(request, port));
                }
                var index = generation.owning(host, port);
                assertThat(index.tunnel(host))
                        .isEqualTo(expected.owning(host, port).tunnel(host));
                assertThat(index.clientDemand(host))
                        .isEqualTo(expected.owning(host, port).clientDemand(host));
            }
        }
        assertThat(certificates(translation)).isEqualTo(certificates(whole));
        assertThat(translation.own()).isEqualTo(whole.own());
        assertThat(translation.problems()).isEqualTo(whole.problems());
        assertThat(translation.table()).isEqualTo(whole.table());
        assertThat(translation.statuses()).isEqualTo(whole.statuses());
        whole.endpoints()
                .endpoints()
                .forEach((upstream, endpoints) ->
                        assertThat(translation.endpoints().of(upstream)).isEqualTo(endpoints));
    }

    private static Set<String> certificates(Translation translation) {
        return translation.table().certificatesByName().stream()
                .flatMap(c -> c.hosts().stream().map(host -> host.text() + " by " + c.secret()))
                .collect(Collectors.toSet());
    }

    /** A Gateway for any name and for some, and an HTTPRoute that is a little younger. */
    private static List<KubeObject> gateways(Instant since) {
        var everybody = new Gateway.AllowedRoutes(new Gateway.Namespaces("All", Optional.empty()), List.of());
        var tls = new Gateway.Tls("Terminate", List.of(new ForeignReference("", "Secret", "", "c0")), false);
        var gateway = new Gateway(
                new ObjectKey("ns", "edge"),
                "g",
                1,
                since,
                "adit",
                List.of(
                        new Gateway.Listener("any", "", 80, "HTTP", Optional.empty(), everybody),
                        new Gateway.Listener("all", "", 443, "HTTPS", Optional.of(tls), everybody),
                        new Gateway.Listener("one", "*.a.test", 443, "HTTPS", Optional.of(tls), everybody),
                        new Gateway.Listener("own", "*.test", OWN_PORT, "HTTP", Optional.empty(), everybody)),
                List.of(),
                Gateway.Infrastructure.NONE,
                List.of(),
                Optional.empty(),
                Gateway.Namespaces.NONE);
        var parent = new HttpRoute.ParentRef(
                new ForeignReference(ForeignReference.GATEWAY_GROUP, "Gateway", "", "edge"), "", OptionalInt.empty());
        var route =
                route("route", since.plusSeconds(1), List.of(parent), List.of("b.test", "x.a.test", "*.test"), "s0");
        return List.of(new GatewayClass(new ObjectKey("", "adit"), "c", 1, GatewayClass.CONTROLLER), gateway, route);
    }

    private static List<HttpRoute.ParentRef> parents(String section) {
        return List.of(new HttpRoute.ParentRef(
                new ForeignReference(ForeignReference.GATEWAY_GROUP, "Gateway", "", "edge"),
                section,
                OptionalInt.empty()));
    }

    private static HttpRoute route(
            String name, Instant since, List<HttpRoute.ParentRef> parents, List<String> hosts, String service) {
        var all = new HttpRoute.Match("PathPrefix", "/a", "", List.of(), List.of());
        var backend = new HttpRoute.Backend(
                new ForeignReference("", "Service", "", service), OptionalInt.of(80), 1, List.of());
        return new HttpRoute(
                new ObjectKey("ns", name),
                name,
                1,
                since,
                parents,
                hosts,
                List.of(new HttpRoute.Rule(
                        List.of(all), List.of(), List.of(backend), "", "", Optional.empty(), Optional.empty())));
    }

    /** Routes that come, change and go, among some of which parents, hosts and Services are not there. */
    @Provide
    Arbitrary<List<FakeCluster.Step>> routeSteps() {
        var parent = Arbitraries.of("", "any", "all", "one", "own", "missing")
                .map(section -> parents(section).getFirst());
        var hosts = Arbitraries.of("a.test", "b.test", "*.test", "*.a.test", "x.a.test", "n o")
                .list()
                .ofMaxSize(2);
        var put = Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.integers().between(0, 60),
                        parent.list().ofMaxSize(2),
                        hosts,
                        Arbitraries.of("s0", "s1", "missing"))
                .as((number, since, parents, names, service) ->
                        route("r" + number, Instant.EPOCH.plusSeconds(since), parents, names, service))
                .<FakeCluster.Step>map(FakeCluster.Step.Put::new);
        var remove = Arbitraries.integers()
                .between(0, 3)
                .<FakeCluster.Step>map(
                        number -> new FakeCluster.Step.Remove(HttpRoute.KIND.ref(new ObjectKey("ns", "r" + number))));
        var service = Arbitraries.of(OBJECTS).<FakeCluster.Step>map(FakeCluster.Step.Toggle::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(8, put),
                        Tuple.of(3, remove),
                        Tuple.of(1, service),
                        Tuple.of(1, Arbitraries.<FakeCluster.Step>just(new FakeCluster.Step.Toggle(POLICY))),
                        Tuple.of(2, ingress().map(FakeCluster.Step.Put::new)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    private static FakeCluster cluster() {
        return cluster(List.of());
    }

    private static FakeCluster cluster(List<KubeObject> more) {
        var all = new ArrayList<KubeObject>(OBJECTS);
        all.addAll(more);
        all.addAll(PAIRS);
        all.addAll(AUTHORITIES);
        all.add(CLASSES.getFirst());
        return new FakeCluster(all);
    }

    private static IngressClass ingressClass(boolean isDefault) {
        return IngressClass.of("adit", TranslationOptions.CONTROLLER, isDefault);
    }

    private static Service service(String namespace, String name, String protocol) {
        var ports = List.of(new Service.Port("", 80, protocol));
        return new Service(new ObjectKey(namespace, name), "", "", false, ports, List.of(), Optional.empty());
    }

    private static Secret authorities(String namespace) {
        var made = SelfSigned.generate("ca", "ca", Instant.now(), Duration.ofDays(1));
        var opaque = new Secret.Content.Broken("type", "is Opaque", false, Optional.empty());
        return new Secret(
                new ObjectKey(namespace, "ca"), opaque, new Secret.Authorities.Trusted(List.of(made.certificate())));
    }

    /** The first three are in one namespace, and the others in another. */
    private static ObjectKey key(int number) {
        return new ObjectKey(number < 3 ? "ns" : "other", "i" + number);
    }

    private static Secret secret(String namespace, String name, String host) {
        var made = SelfSigned.generate(host, host, Instant.now(), Duration.ofDays(1));
        var pair = new Secret.Content.KeyPair(made.key(), List.of(made.certificate()));
        var authorities = new Secret.Authorities.Trusted(List.of(made.certificate()));
        return new Secret(new ObjectKey(namespace, name), pair, authorities);
    }

    @Provide
    Arbitrary<List<FakeCluster.Step>> steps() {
        var put = ingress().<FakeCluster.Step>map(FakeCluster.Step.Put::new);
        var remove = Arbitraries.integers()
                .between(0, 5)
                .<FakeCluster.Step>map(n -> new FakeCluster.Step.Remove(Ingress.KIND.ref(key(n))));
        var service = Arbitraries.of(OBJECTS).<FakeCluster.Step>map(FakeCluster.Step.Toggle::new);
        var authority = Arbitraries.of(AUTHORITIES).<FakeCluster.Step>map(FakeCluster.Step.Toggle::new);
        var renewal = Arbitraries.of(RENEWED).<FakeCluster.Step>map(FakeCluster.Step.Put::new);
        var ofClass = Arbitraries.of(CLASSES).<FakeCluster.Step>map(FakeCluster.Step.Toggle::new);
        return Arbitraries.frequencyOf(
                        Tuple.of(12, put),
                        Tuple.of(4, remove),
                        Tuple.of(3, service),
                        Tuple.of(2, authority),
                        Tuple.of(1, renewal),
                        Tuple.of(1, ofClass))
                .list()
                .ofMinSize(1)
                .ofMaxSize(8);
    }

    private static Arbitrary<Ingress> ingress() {
        var path = Combinators.combine(
                        Arbitraries.of("/", "/a", "/%61", "/b", "/.well-known/acme-challenge/t", "no/slash"),
                        Arbitraries.of("Exact", "Prefix"),
                        Arbitraries.of(SERVICES))
                .as((p, type, service) -> new Path(p, type, backend(service)));
        var rule = Combinators.combine(
                        Arbitraries.of(HOSTS), path.list().ofMinSize(1).ofMaxSize(2))
                .as(Rule::new);
        var settings = Arbitraries.of(
                Map.<String, String>of(),
                Map.of("adit.dev/hsts", "5"),
                Map.of("adit.dev/ssl-passthrough", "true"),
                Map.of("adit.dev/client-ca", "c0"),
                Map.of("adit.dev/client-ca", "ca"),
                Map.of("adit.dev/backend-tls", "ca"),
                Map.of("adit.dev/mirror", "s1:80"),
                Map.of("adit.dev/hsts", "bad"));
        return Combinators.combine(
                        Arbitraries.integers().between(0, 5),
                        rule.list().ofMinSize(1).ofMaxSize(2),
                        Arbitraries.of(SERVICES).optional(0.1),
                        Arbitraries.of("adit", "adit", "adit", "another"),
                        settings,
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.of(TLS))
                .as((number, rules, fallback, owner, annotations, second, tls) -> new Ingress(
                        key(number),
                        // A new object each time, so that nothing is held back for what it was.
                        Integer.toString(System.identityHashCode(rules)),
                        Instant.ofEpochSecond(second),
                        Optional.of(owner),
                        Optional.empty(),
                        fallback.map(PartialTranslationPropertyTest::backend),
                        rules,
                        tls,
                        false,
                        annotations,
                        List.of()));
    }

    private static Backend backend(String service) {
        return new Backend.Service(service, new Port.Numbered(80));
    }
}
