package dev.adit.observe.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.adit.exchange.UpstreamTimeouts;
import dev.adit.http.ClientPolicy;
import dev.adit.routing.policy.FieldEdit;
import dev.adit.routing.policy.FieldName;
import dev.adit.routing.policy.RequestFields;
import dev.adit.routing.policy.Unlogged;
import dev.adit.routing.upstream.Retries;
import dev.adit.routing.upstream.UpstreamPolicy;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessLogTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
    private static final long LARGE = 1 << 30;

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("access.log");
    }

    private AccessLogOptions options(LineFormat format, LogSelection selection) {
        return new AccessLogOptions(format, Optional.empty(), selection, Optional.of(file()), LARGE, 3);
    }

    private static LineFormat nginx() {
        return LineFormat.nginx(LineFormat.INGRESS_NGINX, Queries.KEEP);
    }

    /** A proxy with an access log. */
    private static final class Logged implements AutoCloseable {
        final AccessLog log;
        final RunningProxy proxy;

        Logged(AccessLogOptions options) throws IOException {
            log = new AccessLog(options);
            log.start();
            proxy = new RunningProxy(UpstreamTimeouts.DEFAULT, ClientPolicy.DEFAULT, log.register());
        }

        void ask(String line, String fields) throws Exception {
            RawClient.exchange(
                    proxy.http(), line + " HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n" + fields + "\r\n");
        }

        @Override
        public void close() throws Exception {
            proxy.close();
            log.close();
        }
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(file(), US_ASCII);
    }

    private String line() throws IOException {
        assertThat(lines()).hasSize(1);
        return lines().getFirst();
    }

    @Test
    void a_line_is_that_of_ingress_nginx() throws Exception {
        try (var web = RawOrigin.answering(OK);
                var logged = new Logged(options(nginx(), LogSelection.ALL))) {
            logged.proxy.route(web.port());
            logged.ask(
                    "GET /a?b=c",
                    "Referer: http://b.test/\r\nUser-Agent: curl/8\r\nX-Request-ID: 7f\r\nAuthorization: Basic am9lOnNlY3JldA==\r\n");
            logged.close();
            assertThat(line())
                    .matches("127\\.0\\.0\\.1 - joe \\[../.../....:..:..:.. [+-]....] \"GET /a\\?b=c HTTP/1\\.1\" 200 2"
                            + " \"http://b\\.test/\" \"curl/8\" 158 0\\.\\d{3} \\[ns-web-80] \\[] 127\\.0\\.0\\.1:"
                            + web.port() + " 2 0\\.\\d{3} 200 7f")
                    .doesNotContain("secret");
        }
    }

    @Test
    void every_endpoint_that_was_tried_is_there() throws Exception {
        var retries = new Retries(2, false, false, Set.of(503), false, Optional.empty());
        try (var bad = RawOrigin.answering(OK.replace("200 OK", "503 No"));
                var good = RawOrigin.answering(OK);
                var logged = new Logged(options(
                        LineFormat.nginx(
                                "$upstream_addr|$upstream_status|$upstream_response_length|$status", Queries.KEEP),
                        LogSelection.ALL))) {
            logged.proxy.route(UpstreamPolicy.DEFAULT.with(retries), bad.port(), good.port());
            while (bad.heads().isEmpty()) {
                logged.ask("GET /", "");
            }
            logged.close();
            assertThat(lines().getLast())
                    .isEqualTo("127.0.0.1:%d, 127.0.0.1:%d|503, 200|0, 2|200".formatted(bad.port(), good.port()));
        }
    }

    @Test
    void what_was_refused_unread_has_a_line_too() throws Exception {
        try (var logged = new Logged(options(nginx(), LogSelection.ALL))) {
            RawClient.exchange(logged.proxy.http(), "GET / HTTP/1.1\r\n\r\n");
            logged.close();
            assertThat(line()).contains("\"GET / HTTP/1.1\" 400 ").endsWith("[-] [] - - - - -");
        }
    }

    @Test
    void in_json_what_adit_answered_has_its_reason() throws Exception {
        try (var logged = new Logged(options(LineFormat.json(Queries.KEEP), LogSelection.ALL))) {
            logged.proxy.route();
            logged.ask("GET /a%22?t=1", "User-Agent: \"\\\r\n");
            logged.close();
            var json = json(line());
            assertThat(json.get("user_agent.original").textValue()).isEqualTo("\"\\");
            assertThat(json.get("error.type").textValue()).isEqualTo("NoEndpoint");
            assertThat(json.get("http.response.status_code").intValue()).isEqualTo(503);
            assertThat(json.get("reason").textValue()).isEqualTo("NoEndpoint");
            assertThat(json.get("k8s.ingress.name").textValue()).isEqualTo("web");
            assertThat(json.get("http.route").textValue()).isEqualTo("/");
            assertThat(json.get("url.query").textValue()).isEqualTo("t=1");
            assertThat(json.has("upstream.address")).isFalse();
        }
    }

    private static JsonNode json(String line) throws IOException {
        return new ObjectMapper().readTree(line);
    }

    @Test
    void query_strings_can_be_hidden_wherever_they_are() throws Exception {
        try (var web = RawOrigin.answering(OK);
                var logged = new Logged(options(
                        LineFormat.nginx("$request $request_uri $args $query_string $http_referer", Queries.HIDE),
                        LogSelection.ALL))) {
            logged.proxy.route(web.port());
            logged.ask("GET /a?token=x", "Referer: http://b.test/?token=y\r\n");
            logged.close();
            assertThat(line())
                    .isEqualTo("GET /a?REDACTED HTTP/1.1 /a?REDACTED REDACTED REDACTED http://b.test/?REDACTED");
        }
    }

    @Test
    void what_clients_sent_is_written_whatever_filters_make_of_it() throws Exception {
        var edit = new FieldEdit(
                List.of(new FieldName("user-agent"), new FieldName("referer"), new FieldName("authorization")),
                List.of(),
                List.of());
        var fields = "User-Agent: curl/8\r\nReferer: http://u:p@b.test/\r\nAuthorization: Basic am9lOnNlY3JldA==\r\n";
        try (var web = RawOrigin.answering(OK);
                var logged = new Logged(options(
                        LineFormat.nginx("$remote_user $http_user_agent $http_referer $request_length", Queries.KEEP),
                        LogSelection.ALL))) {
            logged.proxy.route(List.of(new RequestFields(edit)), web.port());
            logged.ask("GET /", fields);
            assertThat(web.head()).doesNotContainIgnoringCase("curl");
            logged.proxy.route(web.port());
            logged.ask("GET /", fields);
            logged.close();
            assertThat(lines())
                    .allMatch(("joe curl/8 http://b.test/ " + (51 + fields.length()))::equals)
                    .hasSize(2);
        }
    }

    @Test
    void passwords_in_urls_are_left_out() throws Exception {
        try (var logged = new Logged(
                options(LineFormat.nginx("$request|$host|$http_host|$status", Queries.KEEP), LogSelection.ALL))) {
            logged.proxy.route();
            logged.ask("GET http://user:secret@a.test/x", "");
            RawClient.exchange(
                    logged.proxy.http(), "GET / HTTP/1.1\r\nHost: user:secret@a.test\r\nConnection: close\r\n\r\n");
            logged.close();
            assertThat(lines())
                    .containsExactly(
                            "GET http://a.test/x HTTP/1.1|a.test|a.test|400", "GET / HTTP/1.1|a.test|a.test|400");
        }
    }

    @Test
    void a_format_that_is_json_is_escaped_as_json() throws Exception {
        try (var logged = new Logged(options(
                LineFormat.nginx("{\"agent\": \"$http_user_agent\", \"none\": \"$http_x_none\"}", Queries.KEEP),
                LogSelection.ALL))) {
            logged.proxy.route();
            logged.ask("GET /", "User-Agent: \"\\\r\n");
            logged.close();
            assertThat(json(line()).get("agent").textValue()).isEqualTo("\"\\");
            assertThat(json(line()).get("none").textValue()).isEmpty();
        }
    }

    @Test
    void where_an_endpoint_failed_the_line_says_what_the_client_got_in_its_place() throws Exception {
        var format = LineFormat.nginx("$status $upstream_status $upstream_addr", Queries.KEEP);
        var nobody = RunningProxy.freePort();
        try (var logged = new Logged(options(format, LogSelection.ALL))) {
            logged.proxy.route(nobody);
            logged.ask("GET /", "");
            logged.close();
            assertThat(line()).isEqualTo("502 502 127.0.0.1:" + nobody);
        }
    }

    @Test
    void lines_that_cannot_be_written_are_counted_and_those_that_come_are_whole() throws Exception {
        var full = new AccessLogOptions(
                nginx(), Optional.empty(), LogSelection.ALL, Optional.of(Path.of("/dev/full")), LARGE, 3);
        assumeTrue(Files.exists(Path.of("/dev/full")));
        try (var logged = new Logged(full)) {
            logged.proxy.route();
            logged.ask("GET /", "");
            await().until(() -> logged.log.lost() == 1);
            assertThat(logged.log.lines()).isZero();
            logged.ask("GET /", "");
            await().until(() -> logged.log.lost() == 2);
        }
    }

    @Test
    void a_link_is_never_put_aside() throws Exception {
        var real = Files.createFile(folder.resolve("real"));
        Files.createSymbolicLink(file(), real);
        var small = new AccessLogOptions(
                LineFormat.nginx("$uri", Queries.KEEP), Optional.empty(), LogSelection.ALL, Optional.of(file()), 1, 2);
        try (var logged = new Logged(small)) {
            logged.proxy.route();
            for (var i = 1; i <= 2; i++) {
                logged.ask("GET /" + i, "");
                var lines = i;
                await().until(() -> Files.readAllLines(real).size() == lines);
            }
        }
        assertThat(file()).isSymbolicLink();
        assertThat(aside(1)).doesNotExist();
    }

    @Test
    void a_status_or_a_duration_says_which_requests_are_written() throws Exception {
        var failed =
                new LogSelection(List.of(new LogSelection.Statuses(500, 599)), Optional.of(Duration.ofHours(1)), 1);
        try (var web = RawOrigin.answering(OK);
                var logged = new Logged(options(LineFormat.nginx("$status", Queries.KEEP), failed))) {
            logged.proxy.route(web.port());
            logged.ask("GET /", "");
            logged.proxy.route();
            logged.ask("GET /", "");
            logged.close();
            assertThat(lines()).containsExactly("503");
        }
    }

    @Test
    void one_in_some_is_written_where_all_are_too_many() throws Exception {
        var third = new LogSelection(List.of(), Optional.empty(), 3);
        try (var logged = new Logged(options(LineFormat.nginx("$uri", Queries.KEEP), third))) {
            logged.proxy.route();
            for (var i = 0; i < 7; i++) {
                logged.ask("GET /" + i, "");
            }
            logged.close();
            assertThat(lines()).containsExactly("/0", "/3", "/6");
        }
    }

    @Test
    void a_route_can_be_left_out() throws Exception {
        try (var web = RawOrigin.answering(OK);
                var logged = new Logged(options(nginx(), LogSelection.ALL))) {
            logged.proxy.route(List.of(Unlogged.ALL), web.port());
            logged.ask("GET /", "");
            logged.close();
            assertThat(lines()).isEmpty();
        }
    }

    @Test
    void a_file_that_is_large_is_put_aside_and_some_of_those_are_kept() throws Exception {
        var small = new AccessLogOptions(
                LineFormat.nginx("$uri", Queries.KEEP), Optional.empty(), LogSelection.ALL, Optional.of(file()), 1, 2);
        try (var logged = new Logged(small)) {
            logged.proxy.route();
            for (var i = 1; i <= 4; i++) {
                var number = i;
                logged.ask("GET /" + i, "");
                await().until(() ->
                        Files.exists(aside(1)) && Files.readString(aside(1)).equals("/" + number + "\n"));
            }
        }
        assertThat(aside(2)).hasContent("/3\n");
        assertThat(aside(3)).doesNotExist();
    }

    private Path aside(int number) {
        return folder.resolve("access.log." + number);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_file_that_somebody_has_moved_away_is_opened_again(boolean isTold) throws Exception {
        try (var logged = new Logged(options(LineFormat.nginx("$uri", Queries.KEEP), LogSelection.ALL))) {
            logged.proxy.route();
            logged.ask("GET /1", "");
            await().until(() -> !lines().isEmpty());
            Files.move(file(), folder.resolve("moved"));
            if (isTold) {
                logged.log.reopen();
            }
            await().until(() -> {
                logged.ask("GET /2", "");
                return Files.exists(file());
            });
        }
        assertThat(Files.readString(folder.resolve("moved"))).startsWith("/1\n");
        assertThat(lines()).contains("/2").doesNotContain("/1");
    }

    @Test
    void a_folder_that_is_not_there_is_told_at_the_start() {
        var missing = new AccessLogOptions(
                nginx(),
                Optional.empty(),
                LogSelection.ALL,
                Optional.of(folder.resolve("missing/access.log")),
                LARGE,
                3);
        var log = new AccessLog(missing);
        assertThatThrownBy(log::start).isInstanceOf(IOException.class).hasMessageContaining("missing/access.log");
    }

    @Test
    void a_format_with_a_variable_that_is_not_known_or_a_credential_is_refused() {
        assertThatThrownBy(() -> LineFormat.nginx("$remote_adr", Queries.KEEP))
                .hasMessageStartingWith("$remote_adr is no variable that is known")
                .hasMessageContaining("$remote_addr");
        assertThatThrownBy(() -> LineFormat.nginx("${http_authorization}", Queries.KEEP))
                .hasMessage("$http_authorization is a credential, which no log may have");
        assertThatThrownBy(() -> LineFormat.nginx("$http_x_api_key", Queries.KEEP))
                .hasMessageContaining("credential");
        assertThatThrownBy(() -> LineFormat.nginx("5 $", Queries.KEEP)).hasMessageContaining("has a $ that no name");
        assertThatThrownBy(() -> LineFormat.nginx("a\nb", Queries.KEEP)).hasMessageContaining("printable");
    }
}
