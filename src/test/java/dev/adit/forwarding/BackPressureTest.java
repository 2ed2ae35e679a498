package dev.adit.forwarding;

import static dev.adit.testbed.Wire.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.Wire;
import dev.adit.testbed.WireTest;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.streams.WriteStream;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** A side that does not read costs bounded memory: the other one has to wait, and goes on when it does. */
@ParameterizedClass
@MethodSource("dev.adit.testbed.Versions#all")
class BackPressureTest extends WireTest {
    private static final long BODY = 50_000_000;
    private static final Buffer BLOCK = Buffer.buffer(new byte[50_000]);
    // What sockets, windows and the proxy hold together; far less than the body.
    private static final long MOST_UNREAD = 20_000_000;

    @Test
    void a_client_that_does_not_read_stops_the_endpoint_until_it_does() throws Exception {
        var sent = new AtomicLong();
        wire.endpoint(request -> write(request.response().setChunked(true), sent));
        var paused = new LinkedBlockingQueue<HttpClientResponse>();
        var received = new AtomicLong();
        var ends = new LinkedBlockingQueue<String>();
        var request = wire.request(HttpMethod.GET, "/");
        request.response().onSuccess(response -> {
            response.pause();
            response.handler(part -> received.addAndGet(part.length())).endHandler(_ -> ends.add("end"));
            paused.add(response);
        });
        await(request.end());
        var response = paused.poll(10, TimeUnit.SECONDS);
        settles(sent);
        assertThat(sent.get()).isPositive().isLessThan(MOST_UNREAD);
        assertThat(ends).isEmpty();
        response.resume();
        assertThat(ends.poll(30, TimeUnit.SECONDS))
                .as("%s of %s bytes", received, sent)
                .isEqualTo("end");
        assertThat(received).hasValue(BODY);
    }

    @Test
    void an_endpoint_that_does_not_read_stops_the_client_until_it_does() throws Exception {
        var paused = new LinkedBlockingQueue<HttpServerRequest>();
        var received = new AtomicLong();
        wire.endpoint(request -> {
            request.pause();
            request.handler(part -> received.addAndGet(part.length()))
                    .endHandler(_ -> request.response().end("whole"));
            paused.add(request);
        });
        var sent = new AtomicLong();
        var request = wire.request(HttpMethod.POST, "/").setChunked(true);
        var answer = Wire.whole(request);
        write(request, sent);
        var upload = paused.poll(10, TimeUnit.SECONDS);
        settles(sent);
        assertThat(sent.get()).isPositive().isLessThan(MOST_UNREAD);
        upload.resume();
        assertThat(answer.toCompletionStage()
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS)
                        .text())
                .isEqualTo("whole");
        assertThat(received).hasValue(BODY);
    }

    /** One block after the other, once the socket has taken the one before: Vert.x counts nothing of TLS as unsent. */
    private static void write(WriteStream<Buffer> out, AtomicLong sent) {
        out.write(BLOCK)
                .onSuccess(_ -> Vertx.currentContext().runOnContext(_ -> {
                    if (sent.addAndGet(BLOCK.length()) < BODY) {
                        write(out, sent);
                    } else {
                        out.end();
                    }
                }));
    }

    /** Waits until nothing more has been sent for a while. */
    private static void settles(AtomicLong sent) {
        var last = new AtomicLong(-1);
        await().pollInterval(Duration.ofMillis(400))
                .atMost(Duration.ofSeconds(30))
                .until(() -> {
                    var now = sent.get();
                    return now > 0 && last.getAndSet(now) == now;
                });
    }
}
