package dev.adit.filter;

import static dev.adit.testbed.Wire.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.routing.PathMatch;
import dev.adit.routing.policy.BodyLimit;
import dev.adit.testbed.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@MethodSource("dev.adit.testbed.Versions#clients")
class BodyLimitTest extends FilterTest {
    private final LinkedBlockingQueue<String> ends = new LinkedBlockingQueue<>();

    @BeforeEach
    void limit() throws Exception {
        route(
                new PathMatch.Prefix("/"),
                request -> {
                    requests.add(request);
                    request.exceptionHandler(_ -> ends.add("broken off"));
                    request.body().onSuccess(body -> {
                        ends.add("whole");
                        request.response().end("got " + body.length());
                    });
                },
                new BodyLimit(10));
    }

    @Test
    void a_body_that_is_as_long_as_the_limit_passes() throws Exception {
        assertThat(post(Buffer.buffer("0123456789")).text()).isEqualTo("got 10");
        var chunked = wire.request(HttpMethod.POST, "/").setChunked(true);
        var answer = Wire.whole(chunked);
        await(chunked.write("01234"));
        await(chunked.end("56789"));
        assertThat(await(answer).text()).isEqualTo("got 10");
    }

    @Test
    void a_body_that_is_announced_as_longer_is_refused_before_it_is_read() throws Exception {
        var request = wire.request(HttpMethod.POST, "/").putHeader("content-length", "11");
        var answer = Wire.whole(request);
        await(request.sendHead());
        assertThat(await(answer).status()).isEqualTo(413);
        assertThat(requests).isEmpty();
    }

    @Test
    void a_body_without_a_length_is_refused_as_soon_as_it_is_longer() throws Exception {
        var request = wire.request(HttpMethod.POST, "/").setChunked(true);
        var answer = Wire.whole(request);
        await(request.write("0123456789"));
        next();
        await(request.write("x"));
        assertThat(await(answer).status()).isEqualTo(413);
        assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo("broken off");
    }

    @Test
    void a_body_without_a_length_that_comes_with_its_head_is_refused_too() throws Exception {
        var request = wire.request(HttpMethod.POST, "/").setChunked(true);
        var answer = Wire.whole(request);
        var _ = request.end("0123456789x"); // in one write with the head
        assertThat(await(answer).status()).isEqualTo(413);
        assertThat(ends).doesNotContain("whole");
    }

    private Wire.Answer post(Buffer body) throws Exception {
        return await(Wire.answer(wire.request(HttpMethod.POST, "/"), body));
    }
}
