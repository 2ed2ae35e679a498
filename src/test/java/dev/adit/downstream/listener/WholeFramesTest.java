package dev.adit.downstream.listener;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Http2Client;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import io.vertx.core.Future;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How bodies are cut that are sent at once by one connection. */
class WholeFramesTest {
    private static final int BODY = 1 << 20;
    private static final int AT_ONCE = 10;
    // So that it is not the client's window that says what is sent.
    private static final int WINDOW = 1 << 24;

    private final Http2Client client = new Http2Client();
    private final RunningProxy proxy = new RunningProxy();

    @AfterEach
    void close() throws Exception {
        proxy.close();
        client.close();
    }

    @Test
    void ten_large_bodies_at_once_are_not_cut_into_small_frames() throws Exception {
        try (var origin = new RawOrigin((_, socket) -> {
            var head = "HTTP/1.1 200 OK\r\nContent-Length: " + BODY + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(US_ASCII));
            socket.getOutputStream().write(new byte[BODY]);
        })) {
            proxy.route(origin.port());
            var frames = new ConcurrentLinkedQueue<Integer>();
            var ends = new ArrayList<Future<?>>();
            var one = client.open(Http2Client.options()
                    .setInitialSettings(new Http2Settings().setInitialWindowSize(WINDOW))
                    .setHttp2ConnectionWindowSize(WINDOW));
            for (var i = 0; i < AT_ONCE; i++) {
                ends.add(client.request(one, proxy.https(), HttpMethod.GET, "/")
                        .send()
                        .compose(response -> counted(response, frames)));
            }
            Http2Client.await(Future.all(ends));
            assertThat(frames.stream().mapToInt(Integer::intValue).sum()).isEqualTo(AT_ONCE * BODY);
            // By Netty's own order there are nine times as many.
            assertThat(frames.size()).isLessThan(AT_ONCE * BODY / 4_096);
        }
    }

    /** Vert.x's client tells of each DATA frame by itself. */
    private static Future<Void> counted(HttpClientResponse response, Collection<Integer> frames) {
        return response.handler(part -> frames.add(part.length())).end();
    }
}
