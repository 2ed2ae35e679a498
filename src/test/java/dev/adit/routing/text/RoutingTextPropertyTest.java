package dev.adit.routing.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.PathMatch;
import dev.adit.routing.PortTable;
import dev.adit.routing.PortUse;
import dev.adit.routing.PortUse.Protocol;
import dev.adit.routing.Regex;
import dev.adit.routing.Route;
import dev.adit.routing.Route.Action;
import dev.adit.routing.Route.Share;
import dev.adit.routing.RouteMatch;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.Tunnel;
import dev.adit.routing.ValueMatch;
import dev.adit.routing.policy.AccessList;
import dev.adit.routing.policy.BasicAuth;
import dev.adit.routing.policy.BlockedRequests;
import dev.adit.routing.policy.BodyLimit;
import dev.adit.routing.policy.ClientCertificate;
import dev.adit.routing.policy.Compression;
import dev.adit.routing.policy.Cors;
import dev.adit.routing.policy.CrossOrigin;
import dev.adit.routing.policy.DigestAuth;
import dev.adit.routing.policy.DroppedFields;
import dev.adit.routing.policy.ErrorPages;
import dev.adit.routing.policy.ExternalAuth;
import dev.adit.routing.policy.FieldEdit;
import dev.adit.routing.policy.FieldName;
import dev.adit.routing.policy.FieldValue;
import dev.adit.routing.policy.FixedRedirect;
import dev.adit.routing.policy.ForwardedClient;
import dev.adit.routing.policy.HiddenFields;
import dev.adit.routing.policy.Hsts;
import dev.adit.routing.policy.HttpsRedirect;
import dev.adit.routing.policy.IngressNginxFields;
import dev.adit.routing.policy.LogLine;
import dev.adit.routing.policy.Mirror;
import dev.adit.routing.policy.Network;
import dev.adit.routing.policy.PathEdit;
import dev.adit.routing.policy.Policy;
import dev.adit.routing.policy.RateLimit;
import dev.adit.routing.policy.Redirect;
import dev.adit.routing.policy.RequestFields;
import dev.adit.routing.policy.ResponseFields;
import dev.adit.routing.policy.ResponseRate;
import dev.adit.routing.policy.ReverseRewrite;
import dev.adit.routing.policy.ReverseRewrite.Replacement;
import dev.adit.routing.policy.Rewrite;
import dev.adit.routing.policy.SessionCookie;
import dev.adit.routing.policy.Template;
import dev.adit.routing.policy.Tracing;
import dev.adit.routing.policy.Unlogged;
import dev.adit.routing.upstream.Balancing;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.EndpointTable;
import dev.adit.routing.upstream.EndpointTls;
import dev.adit.routing.upstream.Retries;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.routing.upstream.UpstreamPolicy;
import dev.adit.routing.upstream.UpstreamProtocol;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RoutingTextPropertyTest {
    private static final RouteOrigin ORIGIN = new RouteOrigin("TLSRoute", "ns", "edge", "spec.rules[0]");
    private static final UpstreamId WEB = new UpstreamId("default", "web", "", 80);

    @Property(tries = 2_000)
    void what_is_written_is_read_as_the_same(@ForAll("hosts") List<Host> hosts) {
        var passing = new Host(
                new Hostname.Wildcard(".p.test"),
                "default",
                List.of(),
                Optional.of(new Tunnel(forward(WEB), false, ORIGIN)));
        var split = new Route.Action.Split(
                List.of(
                        new Route.Share(1, forward(WEB)),
                        new Route.Share(2, new Route.Action.Answer(500, "BackendNotFound"))),
                false);
        var tunnels = List.of(
                new Host(Hostname.ANY, "default", List.of(), Optional.of(new Tunnel(split, true, ORIGIN))),
                new Host(
                        new Hostname.Exact("t.test"),
                        "ns",
                        List.of(),
                        Optional.of(new Tunnel(forward(WEB), false, ORIGIN)),
                        Hostname.ANY));
        var all = Stream.concat(hosts.stream(), Stream.of(passing)).toList();
        var within = hosts.stream()
                .map(host -> new Host(host.name(), host.owner(), host.routes(), Optional.empty(), Hostname.ANY))
                .toList();
        var ports = Map.of(
                80,
                PortTable.shared(80, hosts),
                443,
                PortTable.shared(443, within),
                20_001,
                new PortTable(443, new PortUse(Protocol.HTTPS, "ns/edge"), within, List.of()),
                20_002,
                new PortTable(8_443, new PortUse(Protocol.HTTPS, ""), tunnels, List.of()),
                9_000,
                new PortTable(9_000, new PortUse(Protocol.TCP, "ns/edge"), tunnels.subList(0, 1), List.of()),
                8_080,
                new PortTable(8_080, new PortUse(Protocol.HTTP, ""), hosts, List.of()));
        // What a text has no line for is not read back: a port without a host.
        var table = new RoutingTable(all, List.of(), hosts.isEmpty() ? Map.of() : ports);
        var endpoints = new EndpointTable(Map.of(
                WEB,
                List.of(new Endpoint("10.0.0.1", 80), new Endpoint("fd00::1", 8080)),
                new UpstreamId("ns", "empty", "", 1, "fd00::1"),
                List.of()));
        var read = RoutingReader.read(RoutingText.of(table, endpoints).toString());
        assertThat(read).isEqualTo(new RoutingReader.Routing(table, endpoints));
    }

    @Example
    void a_route_in_one_line_is_enough_for_a_test() {
        var read = RoutingReader.read("""
                a.test /shop -> web:80
                * Exact /x if field x-canary = always -> 10 of canary:80 | 90 of web:80, redirects to https
                """);
        assertThat(RoutingText.of(read.table(), read.endpoints()).toString()).isEqualTo("""
                host *
                  Exact /x if field x-canary = always -> 10 of default/canary:80 | 90 of default/web:80, redirects to https   # default/text line
                host a.test
                  Prefix /shop -> default/web:80   # default/text line
                """);
    }

    @Example
    void a_line_of_another_form_is_named() {
        assertThatThrownBy(() -> RoutingReader.read("a.test /shop web:80"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'a.test /shop web:80'");
    }

    @Provide
    Arbitrary<List<Host>> hosts() {
        var names = Arbitraries.<Hostname>of(
                Hostname.ANY,
                new Hostname.Exact("a.test"),
                new Hostname.Wildcard(".a.test"),
                new Hostname.Subdomains(".a.test"));
        return Combinators.combine(
                        names, Arbitraries.of("ns", "other"), route().list().ofMaxSize(4))
                .as(Host::new)
                .list()
                .ofMaxSize(3)
                .uniqueElements(Host::name);
    }

    private static Arbitrary<Route> route() {
        return Combinators.combine(match(), policies(), action())
                .as((match, policies, action) -> new Route(
                        match, policies, action, new RouteOrigin("ns", "web", "spec.rules[0].http.paths[1]")));
    }

    private static Arbitrary<RouteMatch> match() {
        Arbitrary<PathMatch> exact =
                Arbitraries.of("/", "/a/b", "/a\"b", "/%2F;x").map(PathMatch.Exact::new);
        Arbitrary<PathMatch> prefix = Arbitraries.of("/", "/a", "/if").map(PathMatch.Prefix::new);
        Arbitrary<PathMatch> regex =
                Arbitraries.of("/a(/|$)(.*)", "/ \"\\d+\"").map(text -> new PathMatch.Regex(regex(text)));
        return Combinators.combine(
                        Arbitraries.oneOf(exact, prefix, regex),
                        Arbitraries.of("GET", "M-SEARCH").optional(0.3),
                        values(),
                        values(),
                        values())
                .as(RouteMatch::new);
    }

    private static Arbitrary<List<ValueMatch>> values() {
        var names = Arbitraries.of("x-canary", "a b", "=");
        Arbitrary<ValueMatch> equal = Combinators.combine(names, Arbitraries.of("always", "", "a -> b", "and", "\"\\"))
                .as(ValueMatch.Equal::new);
        Arbitrary<ValueMatch> matching = names.map(name -> new ValueMatch.Matching(name, regex("[a-z ]+")));
        return Arbitraries.oneOf(equal, matching).list().ofMaxSize(2);
    }

    private static List<Network> networks(String... texts) {
        return Stream.of(texts).map(text -> Network.of(text).orElseThrow()).toList();
    }

    private static Arbitrary<List<Policy>> policies() {
        return Arbitraries.<Policy>of(
                        new HttpsRedirect(),
                        new HttpsRedirect(false, 301, true),
                        new ForwardedClient(networks("10.0.0.0/8", "::1"), new FieldName("x-forwarded-for"), true),
                        new ForwardedClient(networks("0.0.0.0/0"), new FieldName("x-a"), false),
                        new FixedRedirect(new Template("https://b.test/?a=$host, c"), 300),
                        new FixedRedirect(new Template("https://b.test/$1"), 302, true),
                        new AccessList(networks("10.0.0.0/8", "2001:db8::/32"), networks("10.1.0.1")),
                        new AccessList(List.of(), networks("::1")),
                        new AccessList(networks("10.0.0.1"), List.of(), true),
                        new Cors(
                                List.of("https://*.a.test", "https://b.test:8443"),
                                new FieldValue("GET, PUT"),
                                new FieldValue("X-A,X-B"),
                                Optional.of(new FieldValue("X-C")),
                                true,
                                60),
                        new Cors(List.of("*"), new FieldValue("GET"), new FieldValue("*"), Optional.empty(), false, 0),
                        new CrossOrigin(
                                List.of(new FieldValue("https://*.a.test"), new FieldValue("https://b.test:8443")),
                                List.of(new FieldValue("GET"), new FieldValue("PUT")),
                                List.of(new FieldValue("x-a")),
                                List.of(new FieldValue("x-b")),
                                true,
                                OptionalInt.of(60)),
                        new CrossOrigin(
                                List.of(new FieldValue("*")),
                                List.of(),
                                List.of(),
                                List.of(),
                                false,
                                OptionalInt.empty()),
                        new Mirror(WEB, UpstreamPolicy.DEFAULT, Optional.empty(), true, 0.25),
                        new IngressNginxFields(),
                        new IngressNginxFields(Map.of(), Optional.of("close"), false, true),
                        new IngressNginxFields(
                                Map.of(
                                        new FieldName("x-b"),
                                        new Template("$host, b"),
                                        new FieldName("x-a"),
                                        new Template("")),
                                Optional.empty(),
                                true,
                                false),
                        new DroppedFields(true),
                        new DroppedFields(false),
                        new HiddenFields(false, List.of()),
                        new HiddenFields(true, List.of(new FieldName("x-a"), new FieldName("x-b"))),
                        new BasicAuth(new BasicAuth.FieldText("a, b"), "ns/users", Map.of()),
                        new RateLimit("ns/web", 5, 0, 3, 7, 429, networks("10.0.0.0/8", "::1")),
                        new RateLimit("ns/web", 0, 60, 1, 0, 503, List.of()),
                        new ErrorPages(
                                Optional.of(page("errors")),
                                Set.of(404, 503),
                                List.of(page("errors"), page("general")),
                                true,
                                List.of(new FieldEdit.Field(new FieldName("x-namespace"), new FieldValue("a, b")))),
                        new ErrorPages(Optional.empty(), Set.of(500), List.of(), false, List.of()),
                        new ReverseRewrite(
                                Optional.of(new Replacement("http://a/", new Template("https://$host/, b"))),
                                Optional.empty(),
                                Optional.of(new Replacement("a.test", new Template("b.test")))),
                        new ReverseRewrite(
                                Optional.empty(),
                                Optional.of(new Replacement("/a/", new Template("/"))),
                                Optional.empty()),
                        new SessionCookie(
                                "my route",
                                "/a, b",
                                Optional.of("a.test"),
                                Optional.of("Strict"),
                                Optional.of(true),
                                OptionalInt.of(60),
                                OptionalInt.of(0),
                                true,
                                true),
                        new SessionCookie(
                                "route",
                                "/",
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                false,
                                false),
                        new ExternalAuth(
                                new Template("https://$host/check?a=b, c"),
                                Optional.of("HEAD"),
                                Optional.of(new Template("https://login.test/?rd=$request_uri")),
                                List.of(new FieldName("x-user"), new FieldName("x-group")),
                                Optional.of(new Template("https://back.test/")),
                                true,
                                Map.of(
                                        new FieldName("x-b"),
                                        new Template("$host b"),
                                        new FieldName("x-a"),
                                        new Template("")),
                                Optional.of(new ExternalAuth.Kept(
                                        "ns/web /a", new Template("$http_x"), Map.of(200, 300, 401, 5)))),
                        new ExternalAuth(
                                new Template("http://auth.test"),
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                false,
                                Map.of(),
                                Optional.empty()),
                        new Hsts(new FieldValue("max-age=1; includeSubDomains")),
                        Unlogged.ALL,
                        new Unlogged(List.of("/healthz", "/a b?c=\"d\"")),
                        new LogLine("$status \"$request\"", false),
                        new LogLine("{}", true),
                        new ClientCertificate("ns/ca", List.of()),
                        new ClientCertificate("ns/ca", List.of(), ClientCertificate.Manner.OF_LISTENER),
                        new ClientCertificate("ns/ca", List.of(), ClientCertificate.Manner.ASKED_BY_LISTENER),
                        new ClientCertificate(
                                "ns/ca",
                                List.of(),
                                new ClientCertificate.Manner(
                                        ClientCertificate.Need.SIGNED_IF_SHOWN,
                                        1,
                                        Optional.of(new Template("https://help.test/?a=$host")),
                                        Optional.of("CN=(a|b), c"),
                                        true)),
                        new BodyLimit(1_048_576),
                        new Tracing(false, true),
                        new Tracing(true, false),
                        new BlockedRequests(List.of("curl/7", "~*bot"), List.of("https://a.test/ x")),
                        new BlockedRequests(List.of(), List.of("~^http")),
                        new DigestAuth(new BasicAuth.FieldText("staff only"), "default/users", Map.of()),
                        new Compression(1, 256, List.of("text/css", "application/json")),
                        new ResponseRate(1_024, 2_048),
                        new Mirror(WEB, UpstreamPolicy.DEFAULT.with(UpstreamProtocol.H2C)),
                        new Mirror(
                                WEB,
                                UpstreamPolicy.DEFAULT,
                                Optional.of(new Mirror.Asked(new FieldValue("b.test"), new Template("/a?$args, b"))),
                                false),
                        new Redirect(
                                Optional.of("https"),
                                Optional.of("b.test"),
                                OptionalInt.of(8443),
                                Optional.of(new PathEdit.Full("/a,b")),
                                301),
                        new Redirect(Optional.empty(), Optional.empty(), OptionalInt.empty(), Optional.empty(), 308),
                        new Rewrite(Optional.of("b.test"), Optional.of(new PathEdit.Groups("/$1, \"x\" | 1 of"))),
                        new Rewrite(Optional.empty(), Optional.of(new PathEdit.Prefix("/v2"))),
                        new Rewrite(Optional.empty(), Optional.of(new PathEdit.GroupsBelow("/$1"))),
                        new Rewrite(
                                Optional.empty(),
                                Optional.of(new PathEdit.Groups("/$2")),
                                Optional.of(new PathEdit.Groups("/a, $1"))),
                        new RequestFields(edit("a, b", "\"c\\")),
                        new ResponseFields(edit("x -> y | z", "  d")))
                .list()
                .uniqueElements()
                .ofMaxSize(4);
    }

    private static ErrorPages.Backend page(String service) {
        return new ErrorPages.Backend(new UpstreamId("ns", service, "", 80), UpstreamPolicy.DEFAULT);
    }

    private static FieldEdit edit(String set, String add) {
        return new FieldEdit(
                List.of(new FieldName("server")),
                List.of(new FieldEdit.Field(new FieldName("x-a"), new FieldValue(set))),
                List.of(new FieldEdit.Field(new FieldName("x-b"), new FieldValue(add.strip()))));
    }

    private static Arbitrary<Action> action() {
        var forward = Combinators.combine(
                        Arbitraries.of(UpstreamProtocol.values()),
                        Arbitraries.<Balancing>of(
                                new Balancing.RoundRobin(),
                                new Balancing.PeakEwma(),
                                new Balancing.Cookie("INGRESSCOOKIE"),
                                new Balancing.Hash(new Balancing.Key.Template("$host${request_uri}")),
                                new Balancing.Hash(new Balancing.Key.Path(), 3),
                                new Balancing.Hash(new Balancing.Key.Template("a:$host"), 2),
                                new Balancing.Hash(new Balancing.Key.Field("x-user"))),
                        Arbitraries.of(Duration.ofMillis(5), Duration.ofHours(2))
                                .optional(0.5),
                        Arbitraries.of(Duration.ofMillis(5)).optional(0.5),
                        Arbitraries.of(
                                EndpointTls.UNVERIFIED,
                                tls("", Optional.of("app.internal")),
                                tls("ns/app", Optional.empty()),
                                tls("ns/app", Optional.of("app.internal"))),
                        Arbitraries.of(
                                Retries.UNSEEN,
                                new Retries(1, false, false, Set.of(), false, Optional.empty()),
                                new Retries(
                                        4,
                                        true,
                                        true,
                                        Set.of(500),
                                        true,
                                        Duration.ofMillis(100),
                                        Optional.of(Duration.ofSeconds(2))),
                                new Retries(3, true, true, Set.of(), false, Optional.empty()),
                                new Retries(5, true, false, Set.of(503, 404), true, Optional.of(Duration.ofSeconds(2))),
                                new Retries(2, false, false, Set.of(500), false, Optional.of(Duration.ofSeconds(2)))))
                .as(UpstreamPolicy::new)
                .<Action>map(policy -> new Action.Forward(WEB, policy));
        Arbitrary<Action> answer = Arbitraries.of(503, 404).map(status -> new Action.Answer(status, "ServiceNotFound"));
        Arbitrary<Action> split = Combinators.combine(
                        forward, answer, policies(), policies(), Arbitraries.of(true, false))
                .as((one, other, ofOne, ofOther, givesWay) ->
                        new Action.Split(List.of(new Share(9, one, ofOne), new Share(0, other, ofOther)), givesWay));
        return Arbitraries.oneOf(forward, answer, split);
    }

    private static EndpointTls tls(String secret, Optional<String> serverName) {
        return new EndpointTls(
                secret,
                serverName,
                List.of(),
                Optional.empty(),
                secret.length() % 2 == 0 ? List.of() : List.of("TLSv1.2"));
    }

    private static Action.Forward forward(UpstreamId upstream) {
        return new Action.Forward(upstream, UpstreamPolicy.DEFAULT);
    }

    private static Regex regex(String text) {
        return ((Regex.Parsed.Valid) Regex.parse(text)).regex();
    }
}
