package dev.adit.downstream.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Http2Client;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The end of the process, as its clients see it. */
class DrainTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    private final Http2Client client = new Http2Client();
    private final RunningProxy proxy = new RunningProxy();
    private final CountDownLatch answer = new CountDownLatch(1);

    @AfterEach
    void close() throws Exception {
        proxy.close();
        client.close();
    }

    @Test
    void an_unused_connection_ends_at_once_and_a_busy_one_after_its_response() throws Exception {
        try (var origin = slow();
                var unused = new RawClient(proxy.http());
                var busy = new RawClient(proxy.http())) {
            proxy.route(origin.port());
            busy.send(GET.replace(" / ", " /slow "));
            origin.head();
            var drained = proxy.drain();
            assertThat(unused.readAll()).isEmpty();
            assertThat(drained.isComplete()).isFalse();
            answer.countDown();
            assertThat(busy.readAll())
                    .startsWith("HTTP/1.1 200 OK")
                    .containsIgnoringCase("connection: close")
                    .endsWith("ok");
            completes(drained);
        }
    }

    @Test
    void a_new_connection_is_still_served_and_told_to_close() throws Exception {
        try (var origin = slow();
                var busy = new RawClient(proxy.http())) {
            proxy.route(origin.port());
            busy.send(GET.replace(" / ", " /slow "));
            origin.head();
            var drained = proxy.drain();
            assertThat(RawClient.exchange(proxy.http(), GET))
                    .startsWith("HTTP/1.1 200 OK")
                    .containsIgnoringCase("connection: close");
            answer.countDown();
            assertThat(busy.readAll()).startsWith("HTTP/1.1 200 OK");
            completes(drained);
        }
    }

    @Test
    void a_connection_of_http_2_is_told_to_go_away_and_its_requests_are_answered() throws Exception {
        try (var origin = slow()) {
            proxy.route(origin.port());
            var away = new CountDownLatch(1);
            var one = client.open(connection -> connection.goAwayHandler(_ -> away.countDown()));
            var request = client.request(one, proxy.https(), HttpMethod.GET, "/slow");
            var response = Http2Client.whole(request.response());
            var _ = request.send();
            origin.head();
            var drained = proxy.drain();
            assertThat(away.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(drained.isComplete()).isFalse();
            answer.countDown();
            assertThat(Http2Client.await(response).body()).isEqualTo("ok");
            completes(drained);
        }
    }

    private static void completes(Future<Void> drained) {
        assertThat(drained.toCompletionStage()).succeedsWithin(Duration.ofSeconds(10));
    }

    private RawOrigin slow() throws IOException {
        return new RawOrigin((head, socket) -> {
            try {
                if (head.contains("/slow") && !answer.await(20, TimeUnit.SECONDS)) {
                    throw new IOException("nobody said go on");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            socket.getOutputStream().write(OK.getBytes(US_ASCII));
        });
    }
}
