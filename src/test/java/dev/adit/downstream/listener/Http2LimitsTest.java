package dev.adit.downstream.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.http.ClientPolicy;
import dev.adit.http.Limits;
import dev.adit.http.TrustedPeers;
import dev.adit.testbed.Http2Client;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one client of HTTP/2 may take, of memory and of time. */
class Http2LimitsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final Limits SHORT =
            new Limits(16_384, 32_768, 100, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(1), 100);

    private final Http2Client client = new Http2Client();
    private RunningProxy proxy = new RunningProxy();

    @AfterEach
    void close() throws Exception {
        proxy.close();
        client.close();
    }

    @Test
    void an_endpoint_is_not_read_faster_than_its_client_reads() throws Exception {
        var written = new AtomicLong();
        try (var origin = new RawOrigin((_, socket) -> {
            socket.getOutputStream().write("HTTP/1.1 200 OK\r\n\r\n".getBytes(US_ASCII));
            for (var i = 0; i < 1_000; i++) {
                socket.getOutputStream().write(new byte[65_536]);
                written.addAndGet(65_536);
            }
        })) {
            proxy.route(origin.port());
            var response = Http2Client.await(
                    client.request(proxy.https(), HttpMethod.GET, "/").send().map(r -> r.pause()));
            standsStill(written);
            assertThat(written.get()).isLessThan(30_000_000);
            var read = new AtomicLong();
            response.handler(part -> read.addAndGet(part.length())).resume();
            Http2Client.await(response.end());
            assertThat(read.get()).isEqualTo(65_536_000);
        }
    }

    @Test
    void a_client_is_not_read_faster_than_the_endpoint_reads() throws Exception {
        var begin = new CountDownLatch(1);
        var read = new AtomicLong();
        try (var origin = new RawOrigin((_, socket) -> {
            awaitLatch(begin);
            var buffer = new byte[65_536];
            while (read.get() < 40_000_000) {
                read.addAndGet(socket.getInputStream().read(buffer));
            }
            socket.getOutputStream().write(OK.getBytes(US_ASCII));
        })) {
            proxy.route(origin.port());
            var request = client.request(proxy.https(), HttpMethod.POST, "/").putHeader("content-length", "40000000");
            var sent = new AtomicLong();
            for (var i = 0; i < 2_500; i++) {
                var _ = request.write(Buffer.buffer(new byte[16_000])).onSuccess(_ -> sent.addAndGet(16_000));
            }
            standsStill(sent);
            assertThat(sent.get()).isLessThan(30_000_000);
            begin.countDown();
            Http2Client.await(request.end());
            assertThat(Http2Client.await(request.response()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void a_body_that_stands_still_is_answered_408() throws Exception {
        try (var origin = new RawOrigin(
                (_, socket) -> assertThat(socket.getInputStream().read()).isEqualTo('x'))) {
            proxy.close();
            proxy = new RunningProxy(new ClientPolicy(SHORT, TrustedPeers.NONE, false, false));
            proxy.route(origin.port());
            var request = client.request(proxy.https(), HttpMethod.POST, "/").setChunked(true);
            Http2Client.await(request.sendHead());
            assertThat(Http2Client.await(request.response()).statusCode()).isEqualTo(408);
        }
    }

    @Test
    void an_unused_connection_is_closed_after_its_time() throws Exception {
        proxy.close();
        proxy = new RunningProxy(new ClientPolicy(SHORT, TrustedPeers.NONE, false, false));
        var closed = new CountDownLatch(1);
        var one = client.open(connection -> connection.closeHandler(_ -> closed.countDown()));
        var refused = client.request(one, proxy.https(), HttpMethod.GET, "/").send();
        assertThat(Http2Client.await(refused).statusCode()).isEqualTo(503);
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void standsStill(AtomicLong moved) {
        var before = new AtomicLong();
        await().pollInterval(Duration.ofMillis(300))
                .until(() -> moved.get() > 0 && before.getAndSet(moved.get()) == moved.get());
    }

    private static void awaitLatch(CountDownLatch latch) throws IOException {
        try {
            if (!latch.await(10, TimeUnit.SECONDS)) {
                throw new IOException("nobody began");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
