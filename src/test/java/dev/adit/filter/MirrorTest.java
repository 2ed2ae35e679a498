package dev.adit.filter;

import static dev.adit.testbed.Wire.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.routing.PathMatch;
import dev.adit.routing.policy.Mirror;
import dev.adit.routing.policy.PathEdit;
import dev.adit.routing.policy.Rewrite;
import dev.adit.routing.upstream.UpstreamPolicy;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import dev.adit.testbed.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.adit.testbed.Versions#clients")
class MirrorTest extends FilterTest {
    private static final PathMatch ALL = new PathMatch.Prefix("/");
    private static final Mirror POLICY = new Mirror(MIRROR, UpstreamPolicy.DEFAULT);
    private static final Buffer LARGE = Buffer.buffer(new byte[5_000_000]);

    private final BlockingQueue<String> copies = new LinkedBlockingQueue<>();

    @Test
    void the_mirror_gets_what_the_endpoint_gets_and_nobody_sees_its_answer() throws Exception {
        mirrorTo(request -> request.response().setStatusCode(500).end("from the mirror"));
        route(ALL, POLICY, new Rewrite(Optional.empty(), Optional.of(new PathEdit.Full("/new"))));
        assertThat(wire.get("/old?q").text()).isEqualTo("a.test /new?q");
        assertThat(copies.poll(10, TimeUnit.SECONDS)).isEqualTo("GET a.test /new?q null 0");
        var post = wire.request(HttpMethod.POST, "/");
        assertThat(await(Wire.answer(post, Buffer.buffer("body"))).status()).isEqualTo(200);
        assertThat(copies.poll(10, TimeUnit.SECONDS)).isEqualTo("POST a.test /new null 4");
    }

    @Test
    void a_mirrored_request_loses_one_hop_at_both_endpoints() throws Exception {
        mirrorTo(request -> request.response().end());
        route(ALL, POLICY);
        var options = wire.request(HttpMethod.OPTIONS, "/").putHeader("max-forwards", "3");
        await(Wire.answer(options, Buffer.buffer()));
        assertThat(next().getHeader("max-forwards")).isEqualTo("2");
        assertThat(copies.poll(10, TimeUnit.SECONDS)).isEqualTo("OPTIONS a.test / 2 0");
    }

    @Test
    void a_mirror_without_endpoint_or_that_refuses_does_not_fail_the_request() throws Exception {
        mirror(0);
        route(ALL, POLICY);
        assertThat(wire.get("/").status()).isEqualTo(200);
        mirror(RunningProxy.freePort());
        route(ALL, POLICY);
        assertThat(wire.get("/").status()).isEqualTo(200);
        var post = wire.request(HttpMethod.POST, "/");
        assertThat(await(Wire.answer(post, LARGE)).status()).isEqualTo(200);
    }

    @Test
    void a_mirror_that_does_not_read_neither_slows_the_request_nor_gets_all_of_it() throws Exception {
        var answered = new CountDownLatch(1);
        var copied = new CompletableFuture<Long>();
        try (var stalled = new RawOrigin((_, socket) -> {
            awaitUninterruptibly(answered);
            copied.complete(readAll(socket));
        })) {
            mirror(stalled.port());
            route(
                    ALL,
                    request ->
                            request.body().onSuccess(body -> request.response().end("got " + body.length())),
                    POLICY);
            var size = 60_000_000;
            var request = wire.request(HttpMethod.POST, "/").putHeader("content-length", Integer.toString(size));
            var answer = Wire.whole(request);
            for (var rest = size; rest > LARGE.length(); rest -= LARGE.length()) {
                await(request.write(LARGE));
            }
            await(request.end(
                    LARGE)); // not after it: the answer may come at the last announced byte, and end the stream
            assertThat(await(answer).text()).isEqualTo("got " + size);
            answered.countDown();
            assertThat(copied.get(10, TimeUnit.SECONDS)).isLessThan(size);
        }
    }

    private static void awaitUninterruptibly(CountDownLatch event) {
        try {
            event.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** How much comes until the other side ends, in whatever way. */
    private static long readAll(Socket socket) {
        var total = 0L;
        var buffer = new byte[65_536];
        try {
            for (var read = 0; read >= 0; read = socket.getInputStream().read(buffer)) {
                total += read;
            }
        } catch (IOException _) {
            // A reset, which is an end too.
        }
        return total;
    }

    private void mirrorTo(Consumer<HttpServerRequest> answer) throws Exception {
        mirror(wire.listen(
                versions.endpoint().server(),
                request -> request.body().onSuccess(body -> {
                    copies.add("%s %s %s %s %d"
                            .formatted(
                                    request.method(),
                                    request.authority(),
                                    request.uri(),
                                    request.getHeader("max-forwards"),
                                    body.length()));
                    answer.accept(request);
                })));
    }
}
