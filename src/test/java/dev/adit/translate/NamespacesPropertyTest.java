package dev.adit.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.kube.Ingress;
import dev.adit.match.MatchTrace;
import dev.adit.match.MatchTrace.Outcome;
import dev.adit.match.RouteIndex;
import dev.adit.match.RoutingRequest;
import dev.adit.routing.Hostname;
import dev.adit.routing.PathMatch;
import dev.adit.routing.Route;
import dev.adit.routing.RouteMatch;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.policy.ClientCertificate;
import dev.adit.routing.policy.HttpsRedirect;
import dev.adit.tls.CertificateTable;
import dev.adit.tls.DefaultCertificate;
import dev.adit.translate.Tenants.Draft;
import dev.adit.translate.assembly.Assembler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * One namespace takes nothing of another's. An Ingress that comes last, of a namespace that had none, changes no answer
 * that those before it give, but for what the Ingress API itself says: an exact host comes before a wildcard and that
 * before no host, an exact path before a prefix, a longer prefix before a shorter one, and any rule before a default backend.
 */
class NamespacesPropertyTest {
    private static final String YOUNGER = "c";
    private static final List<String> ASKED = List.of("a.test", "x.a.test", "y.a.test", "b.test", "other");
    private static final List<String> PATHS = List.of(
            "/",
            "/a",
            "/a/",
            "/a/b",
            "/a/b/c",
            "/b",
            "/.well-known",
            "/.well-known/acme-challenge",
            "/.well-known/acme-challenge/t",
            "/.well-known/acme-challenge/t/u");

    /** What is served, and what each host is called by those who serve it. */
    private record World(
            List<Ingress> ingresses,
            RoutingTable table,
            Optional<Route> general,
            RouteIndex index,
            CertificateTable certificates) {
        static World of(List<Ingress> ingresses) {
            var translator = new Assembler(TranslationOptions.of("adit"));
            var translation = translator.translate(Tenants.snapshot(ingresses), Instant.EPOCH);
            var table = translation.table();
            var certificates = new CertificateTable(table, DefaultCertificate.generate(Instant.EPOCH));
            return new World(ingresses, table, translation.defaultRoute(), RouteIndex.compile(table), certificates);
        }

        /** How closely the rules that serve a host name it: not at all, by no host, by a wildcard, by itself. */
        int closeness(String host) {
            return index.trace(RoutingRequest.of(host, "/"))
                    .owner()
                    .map(name -> switch (name) {
                        case Hostname.Any _ -> isDefaultAlone(name) ? 0 : 1;
                        case Hostname.Wildcard _, Hostname.Subdomains _ -> 2;
                        case Hostname.Exact _ -> 3;
                    })
                    .orElse(0);
        }

        /** Whether no rule names the host, and the default backend for all requests is all that it has. */
        private boolean isDefaultAlone(Hostname name) {
            var host = Objects.requireNonNull(table.hosts().get(name));
            return host.routes().equals(general.stream().toList())
                    && general.filter(route -> route.origin().namespace().equals(host.owner()))
                            .isPresent();
        }

        Optional<MatchTrace.Candidate> winner(String host, String path) {
            return index.trace(RoutingRequest.of(host, path)).candidates().stream()
                    .filter(candidate -> candidate.outcome() == Outcome.WINS)
                    .findFirst();
        }

        /** How closely a rule names a path; every default backend comes after every rule. */
        int closeness(MatchTrace.Candidate candidate) {
            if (isDefault(candidate)) {
                return general.equals(Optional.of(candidate.route())) ? 0 : 1;
            }
            return switch (candidate.route().match().path()) {
                case PathMatch.Regex _ -> throw new AssertionError("Ingress has none");
                case PathMatch.Exact _ -> Integer.MAX_VALUE;
                case PathMatch.Prefix(var text) -> 2 + text.split("/").length;
            };
        }

        /** Whether anybody can pass: handshakes ask for the certificates that the route wants, if it wants any. */
        boolean serves(MatchTrace.Candidate winner, String host) {
            return winner.route().policy(ClientCertificate.class).isEmpty() || index.clientDemand(host) != null;
        }

        /** Whether one lists a host in {@code spec.tls}. */
        boolean lists(String host) {
            return ingresses.stream()
                    .flatMap(ingress -> ingress.tls().stream())
                    .flatMap(tls -> tls.hosts().stream())
                    .anyMatch(text -> Hostname.parse(text).equals(Hostname.parse(host)));
        }

        /** Whether the TLS of a host belongs to one that lists it, and to none by a wildcard or since it passes. */
        boolean ownsTlsByName(String host) {
            return lists(host)
                    && !lists("*" + Hostname.wildcardSuffix(host))
                    && ingresses.stream()
                            .flatMap(i -> i.tls().stream())
                            .noneMatch(t -> t.hosts().isEmpty())
                    && ingresses.stream().noneMatch(i -> i.annotations().containsKey("adit.dev/ssl-passthrough"));
        }

        /** Whether certificates for a host are for those to order who serve it. */
        boolean holdsTls(String host) {
            return closeness(host) < 3
                    || lists(host)
                    || index.tunnel(host) != null
                    || lists("*" + Hostname.wildcardSuffix(host));
        }
    }

    @Property(tries = 5_000)
    void what_comes_last_in_another_namespace_changes_no_answer(
            @ForAll("older") List<Ingress> older, @ForAll("draft") Draft younger) {
        var before = World.of(older);
        var after = World.of(and(older, younger));
        for (var host : ASKED) {
            certificate(host, before, after);
            if (after.closeness(host) == before.closeness(host)) {
                assertThat(after.index().tunnel(host))
                        .as(host)
                        .isEqualTo(before.index().tunnel(host));
                if (before.closeness(host) > 0 || before.general().isPresent()) {
                    assertThat(after.index().clientDemand(host))
                            .as(host)
                            .isEqualTo(before.index().clientDemand(host));
                }
                for (var path : PATHS) {
                    route(host, path, before, after);
                }
            }
            if (before.ownsTlsByName(host)) {
                challenge(host, before, after);
            }
        }
    }

    private static boolean isDefault(MatchTrace.Candidate candidate) {
        return candidate.route().origin().field().equals("spec.defaultBackend");
    }

    /** All of a route but for the path that led to it. */
    private static Route answer(MatchTrace.Candidate candidate) {
        var route = candidate.route();
        return new Route(RouteMatch.of(new PathMatch.Prefix("/")), route.policies(), route.action(), route.origin());
    }

    /** A host that a guest takes from a default by its name is closed to challenges that the guest may not have. */
    private static boolean isClosedChallenge(String path, MatchTrace.Candidate winner) {
        return path.startsWith("/.well-known/acme-challenge") && winner.route().action() instanceof Route.Action.Answer;
    }

    private static void route(String host, String path, World before, World after) {
        var was = before.winner(host, path);
        var is = after.winner(host, path);
        if (was.isEmpty() || was.map(NamespacesPropertyTest::answer).equals(is.map(NamespacesPropertyTest::answer))) {
            return;
        }
        var request = host + path + " by " + was.get() + ", then by " + is;
        assertThat(is).as(request).isPresent();
        if (!isClosedChallenge(path, is.get())) {
            assertThat(is.get().route().origin().namespace()).as(request).isEqualTo(YOUNGER);
        }
        assertThat(after.closeness(is.get())).as(request).isGreaterThan(before.closeness(was.get()));
        if (path.startsWith("/.well-known/acme-challenge/") && before.holdsTls(host)) {
            assertThat(isDefault(was.get())).as(request).isTrue();
        }
    }

    /** None for a host that is listed and has a rule goes to a namespace that came later, whatever rules and defaults it has. */
    private static void challenge(String host, World before, World after) {
        if (after.closeness(host) < 3) {
            return; // the exception: no rule for the host
        }
        var path = "/.well-known/acme-challenge/t";
        var was = before.winner(host, path);
        var is = after.winner(host, path);
        assertThat(is.map(candidate -> candidate.route().origin().namespace()))
                .as(host)
                .isNotEqualTo(Optional.of(YOUNGER));
        if (before.closeness(host) == 3 && was.isPresent()) {
            assertThat(is).as(host).isPresent();
            // A refusal may become another one.
            if (before.serves(was.get(), host) || !(is.get().route().action() instanceof Route.Action.Answer)) {
                assertThat(is.get().route().action())
                        .as(host)
                        .isEqualTo(was.get().route().action());
            }
        }
    }

    private static void certificate(String host, World before, World after) {
        var was = before.certificates().choose(host);
        var is = after.certificates().choose(host);
        var by = before.certificates().explain(host).by();
        var isNamed = by.filter(Hostname.Exact.class::isInstance).isPresent()
                || (by.isPresent() && before.closeness(host) == 3);
        if (isNamed) {
            assertThat(is).as(host).isEqualTo(was);
        } else if (before.lists(host)) {
            // Without a certificate of its own, what else there is for a wildcard fits.
            assertThat(after.certificates().explain(host).by()).as(host).isNotEqualTo(Hostname.parse(host));
        }
    }

    @Property(tries = 5_000)
    void who_asks_for_client_certificates_is_never_served_without(
            @ForAll("older") List<Ingress> older, @ForAll("draft") Draft younger) {
        var all = and(older, younger);
        var world = World.of(all);
        for (var host : world.table().hosts().values()) {
            for (var route : host.routes()) {
                var ingress = all.stream()
                        .filter(i -> i.key().name().equals(route.origin().name()))
                        .findFirst()
                        .orElseThrow();
                var asks = ingress.annotations().keySet().stream().anyMatch(name -> name.startsWith("adit.dev/client"));
                // There it sends clients to TLS, or refuses them, but never serves what it guards.
                var isElsewhere = world.general().equals(Optional.of(route))
                        && (!route.origin().namespace().equals(host.owner())
                                || host.tunnel().isPresent());
                if (!asks || isElsewhere || route.action() instanceof Route.Action.Answer) {
                    continue;
                }
                assertThat(route.policy(ClientCertificate.class)).isPresent();
                assertThat(route.policy(HttpsRedirect.class)).isPresent();
                assertThat(host.tunnel()).isEmpty();
                var name = host.name().text().replace("*", "y");
                assertThat(world.index()
                                        .trace(RoutingRequest.of(name, "/"))
                                        .owner()
                                        .filter(host.name()::equals)
                                        .isEmpty()
                                || world.index().clientDemand(name) != null)
                        .as(host.name().text())
                        .isTrue();
            }
        }
    }

    private static List<Ingress> and(List<Ingress> older, Draft younger) {
        var all = new ArrayList<>(older);
        all.add(younger.named(YOUNGER, "younger", 9));
        return all;
    }

    @Provide
    Arbitrary<Draft> draft() {
        return Tenants.draft();
    }

    @Provide
    Arbitrary<List<Ingress>> older() {
        var one = Combinators.combine(
                        Tenants.draft(),
                        Arbitraries.of("a", "b"),
                        Arbitraries.integers().between(0, 3))
                .as((draft, namespace, second) -> draft.named(namespace, "i", second));
        return one.list().ofMaxSize(4).map(NamespacesPropertyTest::numbered);
    }

    private static List<Ingress> numbered(List<Ingress> ingresses) {
        var numbered = new ArrayList<Ingress>();
        for (var ingress : ingresses) {
            numbered.add(new Draft(
                            ingress.rules(),
                            ingress.tls(),
                            ingress.defaultBackend(),
                            ingress.annotations(),
                            ingress.isAcmeSolver())
                    .named(ingress.key().namespace(), "i" + numbered.size(), (int)
                            ingress.createdAt().getEpochSecond()));
        }
        return numbered;
    }
}
