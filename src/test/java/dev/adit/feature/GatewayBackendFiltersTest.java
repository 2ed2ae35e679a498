package dev.adit.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.RawOrigin;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The filters of one of several backends, from the manifests to the wire. */
class GatewayBackendFiltersTest {
    private static final int REQUESTS = 40; // of which no backend of two gets none, but once in 10^12 times
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-By: %s\r\n\r\nok";

    private static String manifests(String ofRule, String ofWeb, int web, int next) {
        return Adit.HTTP_GATEWAY + """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: app}
                spec:
                  parentRefs: [{name: edge}]
                  rules:
                  - matches: [{path: {value: /shop}}]
                    filters: [%s]
                    backendRefs:
                    - {name: web, port: 80, filters: [%s]}
                    - {name: next, port: 80}
                """.formatted(ofRule, ofWeb) + Adit.service("web", web) + Adit.service("next", next);
    }

    private static String modifier(String of, String edit) {
        return "{type: " + of + "HeaderModifier, " + of.toLowerCase(Locale.ROOT) + "HeaderModifier: {" + edit + "}}";
    }

    @Test
    void they_change_what_that_backend_is_asked_after_those_of_the_rule_and_no_other() throws Exception {
        var ofRule = modifier("Request", "set: [{name: X-Env, value: rule}, {name: X-Forwarded-Prefix, value: /rule}]");
        var ofWeb =
                modifier("Request", "add: [{name: X-Env, value: web}], set: [{name: X-Forwarded-Prefix, value: /web}]")
                        + ", {type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}";
        try (var web = RawOrigin.answering(OK.formatted("web"));
                var next = RawOrigin.answering(OK.formatted("next"));
                var adit = Adit.serving(manifests(ofRule, ofWeb, web.port(), next.port()))) {
            for (var i = 0; i < REQUESTS; i++) {
                assertThat(adit.get("a.test/shop/cart").status()).isEqualTo(200);
            }
            assertThat(web.heads())
                    .isNotEmpty()
                    .allSatisfy(head -> assertThat(head)
                            .startsWith("GET /cart HTTP/1.1\r\n")
                            .containsIgnoringCase("\r\nx-env: rule\r\n")
                            .containsIgnoringCase("\r\nx-env: web\r\n")
                            .containsIgnoringCase("\r\nx-forwarded-prefix: /web\r\n")
                            .doesNotContainIgnoringCase("x-forwarded-prefix: /rule"));
            assertThat(next.heads())
                    .isNotEmpty()
                    .allSatisfy(head -> assertThat(head)
                            .startsWith("GET /shop/cart HTTP/1.1\r\n")
                            .containsIgnoringCase("\r\nx-env: rule\r\n")
                            .containsIgnoringCase("\r\nx-forwarded-prefix: /rule\r\n")
                            .doesNotContainIgnoringCase("\r\nx-env: web\r\n"));
        }
    }

    @Test
    void they_change_what_clients_get_of_that_backend_before_those_of_the_rule_do() throws Exception {
        var ofRule = modifier("Response", "add: [{name: X-By, value: rule}]");
        var ofWeb = modifier("Response", "remove: [X-By]");
        try (var web = RawOrigin.answering(OK.formatted("web"));
                var next = RawOrigin.answering(OK.formatted("next"));
                var adit = Adit.serving(manifests(ofRule, ofWeb, web.port(), next.port()))) {
            for (var i = 0; i < REQUESTS; i++) {
                var isByWeb = web.heads().size();
                var by = adit.get("a.test/shop").fields().getAll("x-by");
                assertThat(by).isEqualTo(web.heads().size() > isByWeb ? List.of("rule") : List.of("next", "rule"));
            }
            assertThat(web.heads()).isNotEmpty();
            assertThat(next.heads()).isNotEmpty();
        }
    }

    @Test
    void one_that_is_not_served_closes_that_backend_alone() throws Exception {
        var guard = "{type: ExtensionRef, extensionRef: {group: example.com, kind: Guard, name: g}}";
        try (var web = RawOrigin.answering(OK.formatted("web"));
                var next = RawOrigin.answering(OK.formatted("next"));
                var adit = Adit.serving(manifests("", guard, web.port(), next.port()))) {
            var statuses = new TreeSet<Integer>();
            for (var i = 0; i < REQUESTS; i++) {
                statuses.add(adit.get("a.test/shop").status());
            }
            assertThat(statuses).containsExactly(200, 500);
            assertThat(web.heads()).isEmpty();
        }
    }

    @Test
    void a_mirror_of_one_backend_copies_the_requests_for_it() throws Exception {
        var mirror = "{type: RequestMirror, requestMirror: {backendRef: {name: copy, port: 80}}}";
        try (var web = RawOrigin.answering(OK.formatted("web"));
                var next = RawOrigin.answering(OK.formatted("next"));
                var copy = RawOrigin.answering(OK.formatted("copy"));
                var adit = Adit.serving(
                        manifests("", mirror, web.port(), next.port()) + Adit.service("copy", copy.port()))) {
            for (var i = 0; i < REQUESTS; i++) {
                assertThat(adit.get("a.test/shop").status()).isEqualTo(200);
            }
            for (var expected = web.heads().size(); expected > 0; expected--) {
                assertThat(copy.head()).startsWith("GET /shop HTTP/1.1\r\n");
            }
            assertThat(copy.heads()).isEmpty();
        }
    }
}
