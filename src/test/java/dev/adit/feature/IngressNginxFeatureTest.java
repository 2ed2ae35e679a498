package dev.adit.feature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.cli.options.TranslationArguments;
import dev.adit.control.incremental.LastGoodIngresses;
import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.files.ManifestSet;
import dev.adit.match.RouteIndex;
import dev.adit.match.RoutingRequest;
import dev.adit.routing.Hostname;
import dev.adit.routing.PathMatch;
import dev.adit.routing.Route;
import dev.adit.routing.policy.AccessList;
import dev.adit.routing.policy.HttpsRedirect;
import dev.adit.testbed.Adit;
import dev.adit.testbed.IngressNginx;
import dev.adit.testbed.Origin;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.Reply;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.nginx.NginxDialect;
import dev.adit.translate.assembly.Assembler;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class IngressNginxFeatureTest {
    private static final String PREFIX = "nginx.ingress.kubernetes.io/";

    @Test
    void an_ingress_of_ingress_nginx_is_served_as_written() throws Exception {
        var yaml =
                ingress("rewrite-target: /$2", "/app(/|$)(.*)") + "---\n" + ingress("proxy-body-size: 1k", "/up", "up");
        try (var web = Origin.named("web");
                var adit = Adit.serving(
                        IngressNginx.CLASS + yaml + Adit.service("web", web.port()), IngressNginx.options())) {
            assertThat(adit.get("a.test/APP/x?y=1").body()).contains("/x?y=1");
            assertThat(adit.get("a.test/other").status()).isEqualTo(404);
        }
    }

    @Test
    void a_preflight_request_is_answered_here() throws Exception {
        var yaml = ingress("enable-cors: \"true\", {0}cors-allow-origin: \"https://*.app.test\"", "/");
        try (var web = Origin.named("web");
                var adit = Adit.serving(
                        IngressNginx.CLASS + yaml + Adit.service("web", web.port()), IngressNginx.options())) {
            var asked = "OPTIONS / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\nOrigin: https://b.app.test\r\n\r\n";
            var reply = adit.send(asked);
            assertThat(reply.status()).isEqualTo(204);
            assertThat(reply.field("access-control-allow-origin")).isEqualTo("https://b.app.test");
            assertThat(reply.field("access-control-allow-methods")).contains("PATCH");
            var foreign = adit.send(asked.replace("b.app.test", "app.test.evil"));
            assertThat(foreign.status()).isEqualTo(200);
            assertThat(foreign.field("access-control-allow-origin")).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_slash_that_is_missing_is_added_by_a_redirect(boolean isRelative) throws Exception {
        var annotation = "relative-redirects: \"" + isRelative + "\"";
        try (var web = Origin.named("web");
                var adit = Adit.serving(
                        IngressNginx.CLASS
                                + ingress(annotation, "/app/").replace("ImplementationSpecific", "Prefix")
                                + Adit.service("web", web.port()),
                        IngressNginx.options())) {
            assertThat(adit.get("a.test/app").status()).isEqualTo(301);
            assertThat(adit.get("a.test/app").field("location")).isEqualTo(isRelative ? "/app/" : "http://a.test/app/");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/, Prefix, /a/b, /a/b",
        "/, ImplementationSpecific, /a/b, /a/b",
        "/same, Prefix, /same, /same",
        "/same, Prefix, /SAME, /SAME",
        "/same, Prefix, /same/x, /same",
        "/same, Prefix, /samex, /samex",
        "/same, ImplementationSpecific, /same/x, /same",
        "/same, Exact, /same/x, /same/x",
    })
    void a_path_that_is_its_own_rewrite_target_stays_but_for_what_is_below_a_prefix(
            String path, String type, String asked, String seen) throws Exception {
        var manifest = ingress("rewrite-target: " + path, path).replace("ImplementationSpecific", type);
        try (var web = Origin.named("web");
                var adit = Adit.serving(
                        IngressNginx.CLASS + manifest + Adit.service("web", web.port()), IngressNginx.options())) {
            assertThat(adit.get("a.test" + asked).body()).endsWith(" a.test " + seen);
        }
    }

    @Test
    void a_root_that_is_its_own_rewrite_target_makes_no_expressions_of_other_paths() throws Exception {
        var yaml = ingress("rewrite-target: /", "/", "root") + "---\n"
                + ingress("proxy-body-size: 1k", "/health", "health").replace("ImplementationSpecific", "Exact");
        try (var web = Origin.named("web");
                var adit = Adit.serving(
                        IngressNginx.CLASS + yaml + Adit.service("web", web.port()), IngressNginx.options())) {
            assertThat(adit.translation()
                            .table()
                            .hosts()
                            .get(new Hostname.Exact("a.test"))
                            .routes())
                    .noneMatch(route -> route.match().path() instanceof PathMatch.Regex);
            assertThat(adit.get("a.test/a").body()).endsWith(" a.test /a");
        }
    }

    @Test
    void a_canary_takes_what_is_below_a_prefix_that_is_its_own_rewrite_target() throws Exception {
        var yaml = ingress("rewrite-target: /same", "/same") + "---\n"
                + ingress("canary: \"true\", {0}canary-weight: \"100\"", "/same", "canary")
                        .replace("name: web", "name: next");
        try (var web = Origin.named("web");
                var next = Origin.named("next");
                var adit = Adit.serving(
                        IngressNginx.CLASS
                                + yaml.replace("ImplementationSpecific", "Prefix")
                                + Adit.service("web", web.port())
                                + Adit.service("next", next.port()),
                        IngressNginx.options())) {
            assertThat(adit.get("a.test/same/x").body()).startsWith("next ").endsWith(" a.test /same");
            assertThat(adit.get("a.test/same").body()).startsWith("next ");
        }
    }

    /** The older one has {@code /same/x}; that of ingress-nginx would have it by the longer path. */
    @ParameterizedTest
    @CsvSource({"/same/, 403", "/same/x, 403"})
    void a_path_that_is_its_own_rewrite_target_takes_nothing_from_a_longer_one_with_guards(String longer, int status)
            throws Exception {
        var yaml = ingress("rewrite-target: /same", "/same", "a") + "---\n"
                + ingress("whitelist-source-range: 10.0.0.0/8", longer, "b");
        try (var web = Origin.named("web");
                var adit = Adit.serving(
                        IngressNginx.CLASS
                                + yaml.replace("ImplementationSpecific", "Prefix")
                                + Adit.service("web", web.port()),
                        IngressNginx.options())) {
            assertThat(adit.get("a.test/same/x").status()).isEqualTo(status);
            assertThat(adit.get("a.test/same").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @CsvSource({"/same/x, true", "/same, false"})
    void an_endpoint_is_told_what_a_path_has_lost_only_where_it_has(String path, boolean isTold) throws Exception {
        var annotations = "rewrite-target: /same, {0}x-forwarded-prefix: /app";
        try (var web = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                var adit = Adit.serving(
                        IngressNginx.CLASS + ingress(annotations, "/same") + Adit.service("web", web.port()),
                        IngressNginx.options())) {
            assertThat(adit.get("a.test" + path).status()).isEqualTo(200);
            var head = web.head();
            assertThat(head).startsWith("GET /same ");
            assertThat(head.contains("x-forwarded-prefix: /app\r\n")).isEqualTo(isTold);
        }
    }

    @Test
    void a_path_that_only_looks_like_an_expression_is_told_of() throws Exception {
        try (var adit = Adit.serving(
                IngressNginx.CLASS + ingress("proxy-body-size: 1k", "/admin(/|$)(.*)"), IngressNginx.options())) {
            assertThat(adit.translation().problems())
                    .anyMatch(problem -> problem.message().contains("looks like a regular expression")
                            && !problem.reason().isOfItself()); // so that no older version stays in force
        }
    }

    @Test
    void a_wildcard_alias_is_claimed_by_its_name_as_rules_are() throws Exception {
        var alias = ingress("server-alias: \"*.b.test\"", "/", "alias")
                .replace("name: alias", "name: alias\n  namespace: one\n  creationTimestamp: 2026-01-01T00:00:00Z");
        var rule = ingress("proxy-body-size: 1k", "/", "rule")
                .replace("name: rule", "name: rule\n  namespace: two\n  creationTimestamp: 2026-02-01T00:00:00Z")
                .replace("host: a.test", "host: \"*.b.test\"");
        try (var adit = Adit.serving(IngressNginx.CLASS + alias + "---\n" + rule, IngressNginx.options())) {
            assertThat(adit.translation().problems())
                    .anyMatch(problem ->
                            problem.message().contains("*.b.test is another name of a host of Ingress one/alias"));
        }
    }

    @Test
    void an_endpoint_is_told_what_the_path_has_lost() throws Exception {
        var annotations = "rewrite-target: /$2, {0}x-forwarded-prefix: /pre/$1";
        try (var web = RawOrigin.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
                var adit = Adit.serving(
                        IngressNginx.CLASS + ingress(annotations, "/(tenant)/(.*)") + Adit.service("web", web.port()),
                        IngressNginx.options())) {
            assertThat(adit.get("a.test/tenant/x").status()).isEqualTo(200);
            assertThat(web.head()).startsWith("GET /x ").contains("x-forwarded-prefix: /pre/tenant\r\n");
        }
    }

    @Test
    void a_secret_for_no_host_is_for_those_of_the_rules() {
        var route = index(ingress("proxy-body-size: 1m", "/") + "  tls: [{secretName: gone}]\n")
                .match(RoutingRequest.of("a.test", "/x"));
        assertThat(route.policies()).anyMatch(HttpsRedirect.class::isInstance);
    }

    @Test
    void of_several_app_roots_that_of_the_longest_path_holds() throws Exception {
        var yaml = ingress("app-root: /one/x", "/one", "one") + "---\n" + ingress("app-root: /two/x", "/two", "two");
        try (var web = Origin.named("web");
                var adit = Adit.serving(
                        IngressNginx.CLASS + yaml + Adit.service("web", web.port()), IngressNginx.options())) {
            assertThat(adit.get("a.test/").field("location")).isEqualTo("http://a.test/two/x");
        }
    }

    @Test
    void requests_for_the_root_are_sent_to_the_app_root_and_others_are_served() throws Exception {
        try (var web = Origin.named("web");
                var adit = Adit.serving(
                        IngressNginx.CLASS + ingress("app-root: /start", "/") + Adit.service("web", web.port()),
                        IngressNginx.options())) {
            assertThat(adit.get("a.test/").status()).isEqualTo(302);
            assertThat(adit.get("a.test/").field("location")).isEqualTo("http://a.test/start");
            assertThat(adit.get("a.test/start").status()).isEqualTo(200);
        }
    }

    @Test
    void clients_with_other_addresses_are_answered_403() throws Exception {
        var yaml = ingress("allowlist-source-range: 10.0.0.0/8", "/closed") + "---\n"
                + ingress("allowlist-source-range: \"10.0.0.0/8,127.0.0.0/8\"", "/open", "open") + "---\n"
                + ingress("denylist-source-range: 127.0.0.1", "/denied", "denied");
        try (var web = Origin.named("web");
                var adit = Adit.serving(
                        IngressNginx.CLASS + yaml + Adit.service("web", web.port()), IngressNginx.options())) {
            assertThat(adit.get("a.test/closed").status()).isEqualTo(403);
            assertThat(adit.get("a.test/open").status()).isEqualTo(200);
            assertThat(adit.get("a.test/denied").status()).isEqualTo(403);
            assertThat(adit.getByHttp2("a.test/closed").status()).isEqualTo(403);
        }
    }

    @Test
    void a_session_stays_with_its_endpoint_until_that_is_gone() throws Exception {
        var annotations = "affinity: cookie, {0}session-cookie-name: route, {0}session-cookie-max-age: \"60\"";
        try (var one = Origin.named("one");
                var two = Origin.named("two");
                var adit = Adit.serving(
                        IngressNginx.CLASS + ingress(annotations, "/") + service(one.port(), two.port()),
                        IngressNginx.options())) {
            var first = adit.get("a.test/");
            var cookie = first.field("set-cookie");
            assertThat(cookie).startsWith("route=").contains("; Path=/", "; Max-Age=60", "; HttpOnly");
            var pair = cookie.substring(0, cookie.indexOf(';'));
            for (var i = 0; i < 6; i++) {
                var again = adit.send(
                        "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\nCookie: a=b; " + pair + "\r\n\r\n");
                assertThat(again.body().substring(0, 3)).isEqualTo(first.body().substring(0, 3));
                assertThat(again.field("set-cookie")).isNull();
            }
            var stale = adit.send("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\nCookie: route=gone\r\n\r\n");
            assertThat(stale.field("set-cookie")).startsWith("route=");
        }
    }

    @Test
    void a_client_that_asks_too_often_is_answered_503() throws Exception {
        var annotations = "limit-rpm: \"1\", {0}limit-burst-multiplier: \"2\"";
        try (var web = Origin.named("web");
                var adit = Adit.serving(
                        IngressNginx.CLASS + ingress(annotations, "/") + Adit.service("web", web.port()),
                        IngressNginx.options())) {
            assertThat(Stream.generate(() -> status(adit)).limit(5)).containsExactly(200, 200, 200, 503, 503);
        }
    }

    @Test
    void users_with_a_password_are_served_and_nobody_else() throws Exception {
        var annotations = "auth-type: basic, {0}auth-secret: users, {0}auth-realm: staff";
        var secret = """
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: users}
                stringData: {auth: "ann:$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/\\nbob:{PLAIN}secret\\n"}
                """;
        try (var web = Origin.named("web");
                var adit = Adit.serving(
                        IngressNginx.CLASS + ingress(annotations, "/") + secret + Adit.service("web", web.port()),
                        IngressNginx.options())) {
            assertThat(adit.get("a.test/").status()).isEqualTo(401);
            assertThat(adit.get("a.test/").field("www-authenticate")).isEqualTo("Basic realm=\"staff\"");
            for (var i = 0; i < 2; i++) { // the second time it is remembered
                assertThat(as(adit, "ann:secret")).isEqualTo(200);
                assertThat(as(adit, "ann:wrong")).isEqualTo(401);
            }
            assertThat(as(adit, "bob:secret")).isEqualTo(200);
            assertThat(as(adit, "bob:")).isEqualTo(401);
            assertThat(as(adit, "carl:secret")).isEqualTo(401);
            assertThat(as(adit, "ann")).isEqualTo(401);
        }
    }

    /** As htdigest writes a user, for the password "open sesame" in the realm "staff only". */
    private static final String DIGEST = digest("ann:staff only:open sesame");

    private static String digest(String text) {
        try {
            var bytes = java.security.MessageDigest.getInstance("MD5").digest(text.getBytes(ISO_8859_1));
            return java.util.HexFormat.of().formatHex(bytes);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Adit serving(String annotations, String users, Origin web) {
        var secret = """
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: users}
                stringData: {%s}
                """.formatted(users);
        return Adit.serving(
                IngressNginx.CLASS + ingress(annotations, "/") + secret + Adit.service("web", web.port()),
                IngressNginx.options());
    }

    private static final String BY_DIGEST = "auth-type: digest, {0}auth-secret: users, {0}auth-realm: staff only";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "auth: 'bob:other:xx\\nann:elsewhere:00000000000000000000000000000000\\nann:staff only:DIGEST\\n' | auth-file",
                "ann: 'staff only:DIGEST', auth: 'x' | auth-map"
            },
            quoteCharacter = '`')
    void users_show_by_a_digest_that_they_know_their_password(String users, String type) throws Exception {
        var annotations = BY_DIGEST + ", {0}auth-secret-type: " + type;
        var secret = users.replace("DIGEST", DIGEST).replace("'", "\"");
        try (var web = Origin.named("web");
                var adit = serving(annotations, secret, web)) {
            assertThat(byDigest(adit, "ann", "open sesame")).isEqualTo(200);
            assertThat(byDigest(adit, "ann", "open")).isEqualTo(401);
            assertThat(byDigest(adit, "bob", "open sesame")).isEqualTo(401);
            assertThat(adit.get("a.test/").field("www-authenticate"))
                    .matches("Digest realm=\"staff only\", qop=\"auth\", algorithm=MD5, nonce=\"[0-9a-f]{64}\"");
        }
    }

    /** By a client that knows the scheme. */
    private static int byDigest(Adit adit, String user, String password) {
        return io.restassured.RestAssured.given()
                .baseUri("http://127.0.0.1:" + adit.address().split(":", -1)[1])
                .header("Host", "a.test")
                .auth()
                .digest(user, password)
                .get("/shop?x=1")
                .statusCode();
    }

    @Test
    void a_digest_is_good_for_one_request_with_one_target() throws Exception {
        try (var web = Origin.named("web");
                var adit = serving(BY_DIGEST, "auth: \"ann:staff only:" + DIGEST + "\"", web)) {
            var challenge = adit.get("a.test/").field("www-authenticate");
            var nonce = challenge.replaceFirst(".*nonce=\"([0-9a-f]+)\".*", "$1");
            var shown = shown(nonce, "/a", "00000001");
            assertThat(show(adit, "/b", shown).status()).isEqualTo(401);
            var served = show(adit, "/a", shown);
            assertThat(served.status()).isEqualTo(200);
            assertThat(served.field("authentication-info"))
                    .isEqualTo("qop=auth, rspauth=\""
                            + digest(DIGEST + ":" + nonce + ":00000001:mine:auth:" + digest(":/a"))
                            + "\", cnonce=\"mine\", nc=00000001");
            var again = show(adit, "/a", shown);
            assertThat(again.status()).isEqualTo(401);
            assertThat(again.field("www-authenticate")).endsWith(", stale=true");
            assertThat(show(adit, "/a", shown(nonce, "/a", "00000002")).status())
                    .isEqualTo(200);
            assertThat(show(adit, "/a", shown("0".repeat(64), "/a", "00000003")).field("www-authenticate"))
                    .endsWith(", stale=true");
            assertThat(show(adit, "/a", shown + ", nc=00000004").status()).isEqualTo(401);
            assertThat(show(adit, "/a", shown.replace("qop=auth, ", "")).status())
                    .isEqualTo(401);
            assertThat(show(adit, "/a", "Digest " + "a=\"b\", ".repeat(500)).status())
                    .isEqualTo(401);
        }
    }

    private static String shown(String nonce, String uri, String count) {
        var response = digest(String.join(":", DIGEST, nonce, count, "mine", "auth", digest("GET:" + uri)));
        return "Digest username=\"ann\", realm=\"staff only\", nonce=\"" + nonce + "\", uri=\"" + uri
                + "\", qop=auth, nc=" + count + ", cnonce=\"mine\", response=\"" + response + "\"";
    }

    private static Reply show(Adit adit, String path, String credentials) throws java.io.IOException {
        return adit.send("GET " + path + " HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\nAuthorization: "
                + credentials + "\r\n\r\n");
    }

    @Test
    void without_a_user_of_the_realm_nobody_is_served() throws Exception {
        try (var web = Origin.named("web");
                var adit = serving(BY_DIGEST, "auth: \"ann:other:" + DIGEST + "\"", web)) {
            assertThat(byDigest(adit, "ann", "open sesame")).isEqualTo(503);
            assertThat(adit.translation().problems().toString()).contains("no user of the realm \"staff only\"");
        }
    }

    @Test
    void a_secret_may_have_an_entry_for_each_user() throws Exception {
        var annotations = "auth-type: basic, {0}auth-secret: users, {0}auth-secret-type: auth-map";
        var secret = """
                ---
                apiVersion: v1
                kind: Secret
                metadata: {name: users}
                stringData: {ann: "{PLAIN}secret", auth: "bob:{PLAIN}secret"}
                """;
        try (var web = Origin.named("web");
                var adit = Adit.serving(
                        IngressNginx.CLASS + ingress(annotations, "/") + secret + Adit.service("web", web.port()),
                        IngressNginx.options())) {
            assertThat(as(adit, "ann:secret")).isEqualTo(200);
            assertThat(as(adit, "bob:secret")).isEqualTo(401);
        }
    }

    @Test
    void without_its_secret_nobody_is_served() throws Exception {
        var annotations = "auth-type: basic, {0}auth-secret: users";
        try (var web = Origin.named("web");
                var adit = Adit.serving(
                        IngressNginx.CLASS + ingress(annotations, "/") + Adit.service("web", web.port()),
                        IngressNginx.options())) {
            assertThat(adit.get("a.test/").status()).isEqualTo(503);
            assertThat(as(adit, "ann:secret")).isEqualTo(503);
        }
    }

    private static int as(Adit adit, String credentials) throws java.io.IOException {
        var encoded = java.util.Base64.getEncoder()
                .encodeToString(credentials.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return adit.send("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\nAuthorization: Basic " + encoded
                        + "\r\n\r\n")
                .status();
    }

    private static int status(Adit adit) {
        try {
            return adit.get("a.test/").status();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String service(int... ports) {
        var slices = new StringBuilder("""
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {ports: [{port: 80}]}
                """);
        for (var port : ports) {
            slices.append("""
                    ---
                    apiVersion: discovery.k8s.io/v1
                    kind: EndpointSlice
                    metadata: {name: web-%1$d, labels: {kubernetes.io/service-name: web}}
                    addressType: IPv4
                    ports: [{port: %1$d}]
                    endpoints: [{addresses: [127.0.0.1]}]
                    """.formatted(port));
        }
        return slices.toString();
    }

    @Test
    void a_guest_makes_no_expressions_of_the_paths_of_a_host() {
        var owner = ingress("proxy-body-size: 1m", "/", "owner");
        var guest = guest(ingress("use-regex: \"true\"", "/.*", "guest"), "guest");
        var second = guest(ingress("use-regex: \"true\"", "/admin", "second"), "second");
        var index = index(owner + "---\n" + guest + "---\n" + second);
        assertThat(origin(index, "/x")).isEqualTo("owner");
        assertThat(origin(index, "/ADMIN")).isEqualTo("owner");
        assertThat(origin(index, "/adminx")).isEqualTo("owner");
    }

    @Test
    void what_a_guarded_expression_takes_goes_to_no_other_path_when_its_ingress_is_closed() {
        var open = ingress("proxy-body-size: 1m", "/", "open");
        var closed = ingress("rewrite-target: /$2, {0}auth-url: a", "/admin(/|$)(.*)", "closed");
        var index = index(open + "---\n" + closed);
        for (var path : List.of("/admin", "/admin/x", "/ADMIN/x")) {
            assertThat(index.match(RoutingRequest.of("a.test", path)).action())
                    .as(path)
                    .isInstanceOf(Route.Action.Answer.class);
        }
        assertThat(origin(index, "/x")).isEqualTo("open");
    }

    @Test
    void a_guest_whose_paths_would_be_expressions_is_closed_on_that_host() {
        var owner = ingress("proxy-body-size: 1m", "/zzz", "owner");
        var open = guest(ingress("proxy-body-size: 1m", "/", "open"), "open");
        var guarded = guest(
                ingress("use-regex: \"true\", {0}allowlist-source-range: 10.0.0.0/8", "/admin/.*", "guarded"),
                "guarded");
        var index = index(owner + "---\n" + open + "---\n" + guarded);
        assertThat(index.match(RoutingRequest.of("a.test", "/admin/x")).action())
                .isInstanceOf(Route.Action.Answer.class);
        assertThat(origin(index, "/zzz")).isEqualTo("owner");
    }

    @Test
    void a_default_backend_with_guards_serves_nothing_by_those_of_another_ingress() {
        var general = ingress("allowlist-source-range: 10.0.0.0/8", "/", "general")
                .replaceAll("(?s)  rules:.*", "  defaultBackend: {service: {name: web, port: {number: 80}}}\n");
        var index = index(ingress("proxy-body-size: 1m", "/app", "app") + "---\n" + general);
        var route = index.match(RoutingRequest.of("a.test", "/other"));
        assertThat(route.action() instanceof Route.Action.Answer
                        || route.policy(AccessList.class).isPresent())
                .isTrue();
    }

    /** Of another namespace, and younger than those that do not say when they came. */
    private static String guest(String yaml, String name) {
        return yaml.replace(
                "  name: " + name,
                "  name: " + name + "\n  namespace: other\n  creationTimestamp: \"2026-01-01T00:00:00Z\"");
    }

    @Test
    void a_host_that_another_namespace_lists_in_tls_is_not_redirected() {
        var owner = ingress("proxy-body-size: 1m", "/", "owner");
        var guest = guest(ingress("proxy-body-size: 1m", "/guest", "guest"), "guest")
                + "  tls: [{hosts: [a.test], secretName: gone}]\n";
        var route = index(owner + "---\n" + guest).match(RoutingRequest.of("a.test", "/x"));
        assertThat(route.policies()).noneMatch(HttpsRedirect.class::isInstance);
    }

    @Test
    void a_canary_that_keeps_clients_out_takes_nothing() {
        var main = ingress("proxy-body-size: 1m", "/", "main");
        for (var guard : List.of("allowlist-source-range: 10.0.0.0/8", "auth-url: a", "auth-typ: basic")) {
            var canary = ingress("canary: \"true\", {0}canary-weight: \"100\", {0}" + guard, "/", "canary");
            assertThat(origin(index(main + "---\n" + canary), "/x")).as(guard).isEqualTo("main");
        }
    }

    @Test
    void a_canary_of_another_namespace_hides_none_of_the_own() {
        var main = ingress("proxy-body-size: 1m", "/", "main");
        var weight = "canary: \"true\", {0}canary-weight: \"100\"";
        var foreign =
                ingress(weight, "/", "a-foreign").replace("  name: a-foreign", "  name: a-foreign\n  namespace: other");
        var own = ingress(weight, "/", "own").replace("name: web", "name: next");
        var route = index(main + "---\n" + foreign + "---\n" + own + Adit.service("next", 81))
                .match(RoutingRequest.of("a.test", "/x"));
        assertThat(route.action().toString()).contains("next").doesNotContain("other");
    }

    @Test
    void what_no_path_takes_of_a_closed_ingress_is_closed_whatever_the_default_backend() {
        var index =
                index(ingress("auth-ur: \"http://a/\"", "/app"), "--ingress-nginx", "--default-backend=default/web:80");
        for (var path : List.of("/app", "/other")) {
            assertThat(index.match(RoutingRequest.of("a.test", path)).action())
                    .as(path)
                    .isInstanceOf(Route.Action.Answer.class);
        }
    }

    /** As ingress-nginx sorts them; here the first name is the older one. */
    @Test
    void of_ingresses_that_came_in_the_same_second_the_last_by_name_has_the_host() {
        var first = ingress("ssl-redirect: \"false\"", "/a", "first") + "  tls: [{hosts: [a.test]}]\n";
        var second = ingress("proxy-body-size: 1m", "/b", "second");
        var unrouted = index(first + "---\n" + second).match(RoutingRequest.of("a.test", "/other"));
        assertThat(unrouted.policies()).anyMatch(HttpsRedirect.class::isInstance);
        assertThat(unrouted.origin().name()).isEqualTo("second");
    }

    @Test
    void a_closed_ingress_does_nothing_with_a_request() {
        var route = index(ingress(
                        "auth-url: a, {0}enable-cors: \"true\", {0}permanent-redirect: \"https://b.test\"", "/"))
                .match(RoutingRequest.of("a.test", "/"));
        assertThat(route.policies()).isEmpty();
        assertThat(route.action()).isInstanceOf(Route.Action.Answer.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "adit.dev/client-cas: x",
                "adit.dev/client-ca-secret: x",
                "nginx.ingress.kubernetes.io/auth-ur: x"
            })
    void a_version_that_was_open_does_not_stay_in_force(String restriction) {
        var assembler = new Assembler(IngressNginx.options());
        var last = new LastGoodIngresses(assembler::restrictsAccess);
        last.translate(snapshot(ingress("proxy-body-size: 1m", "/")), one -> assembler.translate(one, Instant.EPOCH));
        var edited = ingress("limit-rps: few, " + restriction, "/");
        var table = last.translate(snapshot(edited), one -> assembler.translate(one, Instant.EPOCH))
                .table();
        var route = RouteIndex.compile(table).match(RoutingRequest.of("a.test", "/"));
        assertThat(route.action()).isInstanceOf(Route.Action.Answer.class);
    }

    @Test
    void a_version_that_was_good_stays_in_force_where_nothing_is_to_be_guarded() {
        var assembler = new Assembler(IngressNginx.options());
        var last = new LastGoodIngresses(assembler::restrictsAccess);
        last.translate(snapshot(ingress("proxy-body-size: 1m", "/")), one -> assembler.translate(one, Instant.EPOCH));
        var edited = ingress("limit-rps: few, {0}ssl-redirect: \"false\"", "/");
        var table = last.translate(snapshot(edited), one -> assembler.translate(one, Instant.EPOCH))
                .table();
        var route = RouteIndex.compile(table).match(RoutingRequest.of("a.test", "/"));
        assertThat(route.action()).isInstanceOf(Route.Action.Forward.class);
    }

    private static KubeSnapshot snapshot(String yaml) {
        return new ManifestSet()
                .add("test.yaml", IngressNginx.CLASS + yaml + Adit.service("web", 80))
                .snapshot(IngressClass.of("adit", TranslationOptions.CONTROLLER, false));
    }

    private static RouteIndex index(String yaml, String... arguments) {
        var parsed = new TranslationArguments();
        new CommandLine(parsed).parseArgs(arguments.length == 0 ? new String[] {"--ingress-nginx"} : arguments);
        var options = parsed.options(TranslationOptions.NAMESPACE, TranslationOptions.MAX_TARGET);
        return RouteIndex.compile(
                new Assembler(options).translate(snapshot(yaml), Instant.EPOCH).table());
    }

    private static String origin(RouteIndex index, String path) {
        var route = index.match(RoutingRequest.of("a.test", path));
        return route == null ? "" : route.origin().name();
    }

    static Stream<String> guards() {
        return NginxDialect.DIALECT.keys().stream()
                .filter(AnnotationKey::restrictsAccess)
                .map(AnnotationKey::name)
                .filter(name -> !name.equals("satisfy")); // whatever it says but "any", every check has to be passed
    }

    @ParameterizedTest
    @MethodSource("guards")
    void whatever_an_annotation_that_keeps_clients_out_says_nobody_passes_who_should_not(String name) {
        var values = List.of(
                "",
                " ",
                "yes",
                "nonsense",
                "a\\r\\nb: c",
                "\\u0000",
                "\\u202e\\u00e9",
                "-1",
                "99999999999",
                "x".repeat(1 << 20));
        for (var value : values) {
            var yaml = IngressNginx.CLASS + ingress(name + ": \"" + value + "\"", "/") + Adit.service("web", 80);
            var snapshot = new ManifestSet()
                    .add("test.yaml", yaml)
                    .snapshot(IngressClass.of("adit", TranslationOptions.CONTROLLER, false));
            var translation = new Assembler(IngressNginx.options()).translate(snapshot, Instant.EPOCH);
            for (var path : List.of("/", "/x", "/.well-known/acme-challenge/t")) {
                var route = RouteIndex.compile(translation.table()).match(RoutingRequest.of("a.test", path));
                assertThat(route == null ? null : route.action())
                        .as(value.substring(0, Math.min(20, value.length())) + path)
                        .isNotInstanceOf(Route.Action.Forward.class);
            }
            assertThat(translation.problems()).isNotEmpty();
        }
    }

    private static String ingress(String annotation, String path) {
        return ingress(annotation, path, "shop");
    }

    private static String ingress(String annotation, String path, String name) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata:
                  name: %s
                  annotations: {%s}
                spec:
                  ingressClassName: nginx
                  rules:
                    - host: a.test
                      http:
                        paths: [{path: "%s", pathType: ImplementationSpecific, backend: {service: {name: web, port: {number: 80}}}}]
                """.formatted(name, PREFIX + annotation.replace("{0}", PREFIX), path);
    }
}
