package dev.adit.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.compare.Comparison.Result;
import dev.adit.kube.Ingress;
import dev.adit.kube.files.ManifestSet;
import dev.adit.testbed.Adit;
import dev.adit.testbed.IngressNginx;
import dev.adit.testbed.Origin;
import dev.adit.testbed.RawOrigin;
import dev.adit.translate.TranslationOptions;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code adit compare} asks, and what it sees. */
class ComparisonTest {
    private static final String INGRESS = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: shop, namespace: ns}
            spec:
              rules:
                - host: a.test
                  http:
                    paths:
                      - {path: "/api(/|$)(.*)", pathType: ImplementationSpecific, backend: {service: {name: api, port: {number: 80}}}}
                      - {path: /one, pathType: Exact, backend: {service: {name: web, port: {name: http}}}}
                - host: "*.b.test"
                  http:
                    paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}]
            """;

    private static List<Ingress> ingresses() {
        var implied = TranslationOptions.of("adit").impliedClass();
        return new ManifestSet()
                .add("test", INGRESS)
                .snapshot(implied)
                .all(Ingress.KIND)
                .toList();
    }

    private static List<Result> compare(Adit old, Adit other, Set<String> fields, boolean withBody) {
        var results = new ArrayList<Result>();
        new Comparison(
                        new Asker(fields, withBody),
                        Target.of(old.address()).orElseThrow(),
                        Target.of(other.address()).orElseThrow(),
                        1_000)
                .ask(
                        List.of(new Question("GET", false, "a.test", "/x"), new Question("HEAD", true, "a.test", "/x")),
                        results::add);
        return results;
    }

    private static Set<String> whats(List<Result> results) {
        return results.stream()
                .flatMap(result -> result.differences().stream())
                .map(Difference::what)
                .collect(Collectors.toSet());
    }

    @Test
    void every_path_is_asked_for_with_what_is_below_and_beside_it_and_what_no_path_takes() {
        var urls = Questions.of(ingresses()).stream().map(Question::url).toList();
        assertThat(urls)
                .contains(
                        "http://a.test/api",
                        "https://a.test/api/adit-compare",
                        "http://a.test/api-adit-compare",
                        "http://a.test/one",
                        "http://a.test/",
                        "https://a.test/adit-compare",
                        "http://adit-compare.b.test/")
                .noneMatch(url -> url.contains("("));
    }

    @Test
    void two_that_answer_alike_are_told_alike() throws Exception {
        try (var web = Origin.named("web");
                var old = IngressNginx.serving("enable-cors: \"true\"", web.port());
                var other = IngressNginx.serving("enable-cors: \"true\"", web.port())) {
            assertThat(whats(compare(old, other, Set.of(), true))).isEmpty();
        }
    }

    @Test
    void what_differs_is_told_with_what_both_have_said() throws Exception {
        try (var web = Origin.named("web");
                var old = IngressNginx.serving("permanent-redirect: https://b.test/", web.port());
                var other = IngressNginx.serving("temporal-redirect: https://c.test/", web.port())) {
            var results = compare(old, other, Set.of(), false);
            assertThat(results.getFirst().differences())
                    .extracting(Difference::toString)
                    .contains("location: https://b.test/ -> https://c.test/", "status: 301 -> 302");
            assertThat(whats(results)).containsExactlyInAnyOrder("location", "status");
        }
    }

    @Test
    void a_cookie_is_compared_without_its_value_and_a_backend_by_the_field_in_which_it_names_itself() throws Exception {
        var one =
                "HTTP/1.1 200 OK\r\nX-Pod: one\r\nSet-Cookie: id=1; Path=/; Expires=now\r\nContent-Length: 1\r\n\r\na";
        var two = one.replace("one", "two").replace("id=1", "id=2").replace("now", "then");
        try (var first = RawOrigin.answering(one);
                var second = RawOrigin.answering(two);
                var old = IngressNginx.serving("ssl-redirect: \"false\"", first.port());
                var other = IngressNginx.serving("ssl-redirect: \"false\"", second.port())) {
            assertThat(whats(compare(old, other, Set.of(), true))).isEmpty();
            assertThat(whats(compare(old, other, Set.of("x-pod"), true))).containsExactly("x-pod");
        }
    }

    @Test
    void one_that_does_not_answer_is_a_difference_and_not_the_end() throws Exception {
        try (var web = Origin.named("web");
                var old = IngressNginx.serving("ssl-redirect: \"false\"", web.port())) {
            var other = IngressNginx.serving("ssl-redirect: \"false\"", web.port());
            other.close();
            assertThat(whats(compare(old, other, Set.of(), false))).contains("status", "failure");
        }
    }

    @Test
    void of_a_log_only_what_changes_nothing_is_asked_of_each_host_of_its_service() {
        var rest = " 200 5 \"-\" \"curl\" 80 0.001 [ns-api-80] [] 10.0.0.1:80 5 0.001 200 abc";
        var lines = Stream.of(
                "192.0.2.1 - - [27/Nov/2026:10:00:00 +0000] \"GET /api/x?y=1 HTTP/1.1\"" + rest,
                "192.0.2.1 - ann [27/Nov/2026:10:00:00 +0000] \"HEAD /api/z HTTP/2.0\"" + rest,
                "192.0.2.1 - - [27/Nov/2026:10:00:00 +0000] \"POST /api/x HTTP/1.1\"" + rest,
                "192.0.2.1 - - [27/Nov/2026:10:00:00 +0000] \"GET /api/x HTTP/1.1\" 200 [ns-other-80]",
                "2026-11-27T10:00:00Z stdout F 192.0.2.1 - - [27/Nov/2026:10:00:00 +0000] \"GET /api/f HTTP/1.1\""
                        + rest.replace("curl", "Mozilla [FBAN/FBIOS]"),
                "{\"host\": \"c.test\", \"request_uri\": \"/json?a=b\", \"request_method\": \"GET\"}",
                "{\"host\": \"c.test\", \"request_uri\": \"/json\", \"request_method\": \"DELETE\"}",
                "{broken",
                "{\"host\": \"c.test\\r\\nX: y\", \"request_uri\": \"/json\", \"request_method\": \"GET\"}");
        var content = new AccessLog(ingresses()).read(lines, 100);
        assertThat(content.lines()).isEqualTo(9);
        assertThat(content.unread()).as("lines that are none of a log").isEqualTo(3);
        assertThat(content.questions())
                .extracting(Question::toString)
                .containsExactlyInAnyOrder(
                        "GET http://a.test/api/x?y=1",
                        "GET https://a.test/api/x?y=1",
                        "GET http://a.test/api/f",
                        "GET https://a.test/api/f",
                        "HEAD http://a.test/api/z",
                        "HEAD https://a.test/api/z",
                        "GET http://c.test/json?a=b",
                        "GET https://c.test/json?a=b");
    }

    @ParameterizedTest
    @CsvSource({
        "10.0.0.5, 10.0.0.5:80:443",
        "10.0.0.5:8080, 10.0.0.5:8080:443",
        "edge.test:8080:8443, edge.test:8080:8443",
        "[::1]:8080, ::1:8080:443",
        "10.0.0.5:0, ",
        "10.0.0.5:1:2:3, ",
        "http://a.test, "
    })
    void an_address_is_written_with_its_ports_or_without(String text, String read) {
        assertThat(Target.of(text).map(Target::toString).orElse(null)).isEqualTo(read);
    }

    @Test
    void where_neither_answers_nothing_is_alike() throws Exception {
        var nobody = Target.of("127.0.0.1:" + closedPort()).orElseThrow();
        var results = new ArrayList<Result>();
        new Comparison(new Asker(Set.of(), false), nobody, nobody, 1_000)
                .ask(List.of(new Question("GET", false, "a.test", "/")), results::add);
        assertThat(results).allMatch(Result::isUnanswered);
    }

    private static int closedPort() throws Exception {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Test
    void an_interim_response_is_not_the_answer() throws Exception {
        var hint = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n";
        try (var web = RawOrigin.answering(hint)) {
            var target = Target.of("127.0.0.1:" + web.port()).orElseThrow();
            assertThat(new Asker(Set.of(), false).ask(target, new Question("GET", false, "a.test", "/")))
                    .isInstanceOfSatisfying(
                            Answer.Response.class,
                            answer -> assertThat(answer.status()).isEqualTo(204));
        }
    }

    @Test
    void a_path_with_a_dot_is_asked_for_whole_and_so_are_other_names_of_a_host() {
        var yaml = INGRESS.replace("/one", "/v1.0/x.txt")
                .replace(
                        "namespace: ns",
                        "namespace: ns, annotations: {nginx.ingress.kubernetes.io/server-alias: c.test}");
        var read = new ManifestSet()
                .add("test", yaml)
                .snapshot(TranslationOptions.of("adit").impliedClass())
                .all(Ingress.KIND)
                .toList();
        assertThat(Questions.of(read).stream().map(Question::url))
                .contains("http://a.test/v1.0/x.txt", "https://c.test/v1.0/x.txt");
    }

    @Test
    void a_body_that_does_not_end_is_not_waited_for() throws Exception {
        var endless =
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n";
        try (var web = new RawOrigin((_, socket) -> {
            socket.getOutputStream().write(endless.getBytes(StandardCharsets.US_ASCII));
            socket.getInputStream().transferTo(OutputStream.nullOutputStream());
        })) {
            var target = Target.of("127.0.0.1:" + web.port()).orElseThrow();
            assertThat(new Asker(Set.of(), false).ask(target, new Question("GET", false, "a.test", "/")))
                    .isInstanceOfSatisfying(
                            Answer.Response.class,
                            answer -> assertThat(answer.fields())
                                    .containsEntry("content-type", List.of("text/event-stream")));
        }
    }
}
