package dev.adit.nativetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.bench.Origin;
import dev.adit.neverdrop.Attack;
import dev.adit.testbed.Adit;
import dev.adit.testbed.H2cOrigin;
import dev.adit.testbed.HintingOrigin;
import dev.adit.testbed.Http2Frames;
import dev.adit.testbed.Sites;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** One client that takes all it can get, in a pod of 512 Mi, and what the others get meanwhile. */
@Isolated("what others get meanwhile is counted")
@Tag("either-build")
class GreedyClientsTest {
    private static final int HEAP_MIB = 256;
    private static final int STREAMS = 100;
    private static final int ASKED = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    @TempDir
    Path manifests;

    private Origin origin;
    private H2cOrigin h2c;
    private HintingOrigin hints;
    private List<Thread> attackers = List.of();

    @BeforeEach
    void listen() throws Exception {
        origin = Origin.listen("127.0.0.1");
        h2c = new H2cOrigin(STREAMS);
        hints = new HintingOrigin();
        Files.writeString(
                manifests.resolve("sites.yaml"),
                Sites.of("a.test", origin.address().getPort(), "http")
                        + Sites.of("b.test", origin.address().getPort(), "http")
                        + Sites.of("h2c.test", h2c.port(), "kubernetes.io/h2c")
                        + Sites.of("hints.test", hints.port(), "http"));
    }

    @AfterEach
    void close() throws Exception {
        attackers.forEach(Thread::interrupt);
        origin.close();
        h2c.close();
        hints.close();
    }

    @Test
    void streams_that_are_never_read_take_no_answer_from_others() throws Exception {
        whileAttacked(Attack.UNREAD_STREAMS, "a.test", "b.test", "h2c.test");
    }

    @Test
    void responses_of_http_1_that_are_never_read_take_no_answer_from_others() throws Exception {
        whileAttacked(Attack.UNREAD_RESPONSES, "a.test", "b.test");
    }

    @Test
    void requests_that_hoard_the_connections_to_an_endpoint_leave_some_for_others() throws Exception {
        whileAttacked(Attack.HOARDED_ENDPOINTS, "a.test", "b.test");
    }

    @Test
    void requests_that_hoard_the_streams_of_an_endpoint_of_http_2_leave_some_for_others() throws Exception {
        whileAttacked(Attack.HOARDED_H2C, "h2c.test", "b.test");
    }

    @Test
    void uploads_that_crawl_leave_connections_for_others_however_many_they_are() throws Exception {
        whileAttacked(Attack.SLOW_UPLOADS, "a.test", "b.test");
    }

    @Test
    void an_endpoint_that_hints_for_ever_to_clients_that_do_not_read_takes_no_answer_from_others() throws Exception {
        whileAttacked(Attack.ENDLESS_103, "a.test", "b.test");
    }

    @Test
    void a_call_to_an_endpoint_of_http_2_whose_client_sends_nothing_ends_with_a_408() throws Exception {
        try (var adit = Adit.serving(manifests, "--h2c", "--stall-timeout=1");
                var client = new Socket("127.0.0.1", adit.http())) {
            client.setSoTimeout(15_000);
            var out = client.getOutputStream();
            Http2Frames.preface(out, Http2Frames.NOTHING);
            Http2Frames.write(out, Http2Frames.HEADERS, Http2Frames.END_HEADERS, 1, Http2Frames.post("h2c.test", "/"));
            var in = new BufferedInputStream(client.getInputStream());
            var frame = next(in, Http2Frames.DATA);
            assertThat(new String(frame.payload(), StandardCharsets.US_ASCII)).startsWith("408 Request Timeout");
            await().untilAsserted(() -> assertThat(h2c.open()).isZero());
        }
    }

    @Test
    void a_response_of_an_endpoint_of_http_2_that_is_not_read_is_given_up() throws Exception {
        try (var adit = Adit.serving(manifests, "--h2c", "--stall-timeout=1");
                var client = new Socket("127.0.0.1", adit.http())) {
            client.setSoTimeout(15_000);
            var out = client.getOutputStream();
            Http2Frames.preface(out, Http2Frames.window(0));
            Http2Frames.write(
                    out,
                    Http2Frames.HEADERS,
                    Http2Frames.END_HEADERS | Http2Frames.END_STREAM,
                    1,
                    Http2Frames.get("h2c.test", "/"));
            var in = new BufferedInputStream(client.getInputStream());
            assertThat(next(in, Http2Frames.RST_STREAM).stream()).isEqualTo(1);
        }
    }

    private static Http2Frames.Frame next(InputStream in, int type) throws IOException {
        var frame = Http2Frames.read(in);
        while (frame != null && frame.type() != type) {
            frame = Http2Frames.read(in);
        }
        return Objects.requireNonNull(frame, "the connection has ended");
    }

    /** All others are answered, on every host, as soon as the attack has begun. */
    private void whileAttacked(Attack attack, String... hosts) throws Exception {
        try (var adit = Adit.serving(Adit.command(HEAP_MIB), manifests, "--h2c")) {
            for (var host : hosts) {
                assertThat(ask(adit, host)).isEqualTo("200");
            }
            var rounds = new LongAdder();
            attackers = attack.start(adit.http(), rounds);
            await().until(() -> rounds.sum() > STREAMS);
            Thread.sleep(Duration.ofSeconds(2)); // how long it takes to take everything
            var answers = new ArrayList<String>();
            for (var i = 0; i < ASKED; i++) {
                answers.add(ask(adit, hosts[i % hosts.length]));
            }
            assertThat(answers).containsOnly("200");
            assertThat(get(URI.create("http://127.0.0.1:" + adit.management() + "/q/health/ready")))
                    .isEqualTo("200");
            assertThat(adit.output()).doesNotContain("OutOfMemoryError", "OutOfDirectMemoryError");
        }
    }

    /** The status, on a connection of its own, or why there is none. */
    private static String ask(Adit adit, String host) {
        try (var socket = new Socket("127.0.0.1", adit.http())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return answer.length() > 12 ? answer.substring(9, 12) : "an answer of " + answer.length() + " bytes";
        } catch (IOException e) {
            return host + ": " + e.getMessage();
        }
    }

    private static String get(URI address) throws InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
            return Integer.toString(
                    client.send(request, BodyHandlers.ofString()).statusCode());
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
