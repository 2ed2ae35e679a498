package dev.adit.forwarding;

import static dev.adit.testbed.Wire.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Wire;
import dev.adit.testbed.WireTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies, in both directions. */
@ParameterizedClass
@MethodSource("dev.adit.testbed.Versions#all")
class BodyTest extends WireTest {
    private static final Buffer LARGE = random(5_000_000);

    @Test
    void a_body_with_a_length_reaches_the_endpoint_with_that_length() throws Exception {
        wire.endpoint(BodyTest::describe);
        assertThat(upload(Buffer.buffer("12345"))).isEqualTo("5 bytes, length 5: " + digest(Buffer.buffer("12345")));
    }

    @Test
    void a_body_without_a_length_reaches_the_endpoint_whole() throws Exception {
        wire.endpoint(BodyTest::describe);
        var request = wire.request(HttpMethod.POST, "/").setChunked(true);
        var answer = Wire.whole(request);
        await(request.write("one, "));
        await(request.write("two"));
        await(request.end());
        assertThat(await(answer).text()).isEqualTo("8 bytes, length null: " + digest(Buffer.buffer("one, two")));
    }

    @Test
    void an_empty_body_reaches_the_endpoint_as_one() throws Exception {
        wire.endpoint(BodyTest::describe);
        var request = wire.request(HttpMethod.POST, "/").putHeader("content-length", "0");
        assertThat(await(Wire.answer(request, Buffer.buffer())).text()).startsWith("0 bytes, length 0: ");
        var chunked = wire.request(HttpMethod.POST, "/").setChunked(true);
        var answer = Wire.whole(chunked);
        await(chunked.sendHead());
        await(chunked.end());
        assertThat(await(answer).text()).startsWith("0 bytes, length ");
    }

    @Test
    void a_large_body_reaches_the_endpoint_as_it_was() throws Exception {
        wire.endpoint(BodyTest::describe);
        var whole = "5000000 bytes, length %s: " + digest(LARGE);
        assertThat(upload(LARGE)).isEqualTo(whole.formatted("5000000"));
        var request = wire.request(HttpMethod.PUT, "/").setChunked(true);
        var answer = Wire.whole(request);
        for (var at = 0; at < LARGE.length(); at += 100_000) {
            var _ = request.write(LARGE.slice(at, at + 100_000));
        }
        var _ = request.end();
        assertThat(await(answer).text()).isEqualTo(whole.formatted("null"));
    }

    @Test
    void a_large_body_reaches_the_client_as_it_was() throws Exception {
        wire.endpoint(request -> {
            if (request.uri().equals("/length")) {
                request.response().end(LARGE);
                return;
            }
            request.response().setChunked(true);
            for (var at = 0; at < LARGE.length(); at += 100_000) {
                var _ = request.response().write(LARGE.slice(at, at + 100_000));
            }
            request.response().end();
        });
        var known = wire.get("/length");
        assertThat(known.response().getHeader("content-length")).isEqualTo("5000000");
        assertThat(digest(known.body())).isEqualTo(digest(LARGE));
        var unknown = wire.get("/unknown");
        assertThat(unknown.response().getHeader("content-length")).isNull();
        assertThat(digest(unknown.body())).isEqualTo(digest(LARGE));
    }

    @Test
    void many_large_bodies_at_once_do_not_mix() throws Exception {
        wire.endpoint(request -> {
            request.response().setChunked(true);
            request.pipeTo(request.response());
        });
        var answers = new CompletableFuture<?>[20];
        for (var i = 0; i < answers.length; i++) {
            var body = random(300_000 + i);
            answers[i] = wire.begin(HttpMethod.POST, "/" + i)
                    .compose(request -> Wire.answer(request, body))
                    .map(answer -> assertThat(digest(answer.body())).isEqualTo(digest(body)))
                    .toCompletionStage()
                    .toCompletableFuture();
        }
        CompletableFuture.allOf(answers).get(30, TimeUnit.SECONDS);
    }

    @Test
    void an_empty_response_is_whole() throws Exception {
        wire.endpoint(request -> request.response().end());
        var answer = wire.get("/");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().length()).isZero();
    }

    @Test
    void responses_that_have_no_body_keep_what_their_heads_say_of_one() throws Exception {
        wire.endpoint(request -> {
            var status = request.method().equals(HttpMethod.HEAD) ? 200 : Integer.parseInt(request.getParam("status"));
            request.response().setStatusCode(status);
            if (status != 204) {
                request.response().putHeader("content-length", "1000");
            }
            request.response().putHeader("etag", "\"1\"").end();
        });
        var head = await(Wire.answer(wire.request(HttpMethod.HEAD, "/"), Buffer.buffer()));
        assertThat(head.response().getHeader("content-length")).isEqualTo("1000");
        assertThat(head.body().length()).isZero();
        var unmodified = wire.get("/?status=304");
        assertThat(unmodified.status()).isEqualTo(304);
        assertThat(unmodified.response().getHeader("etag")).isEqualTo("\"1\"");
        var none = wire.get("/?status=204");
        assertThat(none.status()).isEqualTo(204);
        assertThat(none.response().getHeader("content-length")).isNull();
        // And the connection carries the next one.
        assertThat(wire.get("/?status=204").status()).isEqualTo(204);
    }

    @Test
    void a_stream_of_events_comes_through_at_once() throws Exception {
        var events = new LinkedBlockingQueue<HttpServerRequest>();
        wire.endpoint(request -> {
            request.response().putHeader("content-type", "text/event-stream").setChunked(true);
            request.response().write("data: 1\n\n");
            events.add(request);
        });
        var request = wire.request(HttpMethod.GET, "/");
        var received = events(request);
        await(request.send());
        var source = events.poll(10, TimeUnit.SECONDS);
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("data: 1\n\n");
        for (var i = 2; i < 5; i++) {
            await(source.response().write("data: " + i + "\n\n"));
            assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("data: " + i + "\n\n");
        }
        await(source.response().end());
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("end");
    }

    @Test
    void both_directions_of_one_exchange_run_at_the_same_time() throws Exception {
        wire.endpoint(request -> {
            request.response().setChunked(true);
            request.handler(request.response()::write)
                    .endHandler(_ -> request.response().end());
        });
        var request = wire.request(HttpMethod.POST, "/").setChunked(true);
        var received = events(request);
        await(request.write("one"));
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("one");
        await(request.write("two"));
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("two");
        await(request.end());
        assertThat(received.poll(10, TimeUnit.SECONDS)).isEqualTo("end");
    }

    private static BlockingQueue<String> events(HttpClientRequest request) {
        var received = new LinkedBlockingQueue<String>();
        request.response()
                .onSuccess(response -> response.handler(part -> Optional.of(part.toString())
                                .filter(text -> !text.isEmpty()) // an empty frame that ends the stream
                                .ifPresent(received::add))
                        .endHandler(_ -> received.add("end")));
        return received;
    }

    private String upload(Buffer body) throws Exception {
        return await(Wire.answer(wire.request(HttpMethod.POST, "/"), body)).text();
    }

    private static void describe(HttpServerRequest request) {
        request.body()
                .onSuccess(body -> request.response()
                        .end("%d bytes, length %s: %s"
                                .formatted(body.length(), request.getHeader("content-length"), digest(body))));
    }

    private static String digest(Buffer body) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(body.getBytes()));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Buffer random(int bytes) {
        var content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return Buffer.buffer(content);
    }
}
