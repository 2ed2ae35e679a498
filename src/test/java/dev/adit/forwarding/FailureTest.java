package dev.adit.forwarding;

import static dev.adit.testbed.Wire.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adit.routing.upstream.UpstreamPolicy;
import dev.adit.testbed.RunningProxy;
import dev.adit.testbed.Wire;
import dev.adit.testbed.WireTest;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Endpoints that fail, and what their clients get. */
@ParameterizedClass
@MethodSource("dev.adit.testbed.Versions#all")
class FailureTest extends WireTest {
    @Test
    void an_endpoint_that_refuses_connections_is_answered_for_with_502() throws Exception {
        wire.route(RunningProxy.freePort());
        assertThat(wire.get("/").status()).isEqualTo(502);
        var upload = wire.request(HttpMethod.POST, "/");
        assertThat(await(Wire.answer(upload, Buffer.buffer("body"))).status()).isEqualTo(502);
    }

    @Test
    void an_endpoint_that_refuses_connections_is_passed_over_for_another() throws Exception {
        var port = wire.listen(
                versions.endpoint().server(),
                request -> request.body().onSuccess(body -> request.response().end("got " + body)));
        wire.route(RunningProxy.freePort(), port);
        for (var i = 0; i < 4; i++) {
            var upload = wire.request(HttpMethod.POST, "/");
            assertThat(await(Wire.answer(upload, Buffer.buffer("body"))).text()).isEqualTo("got body");
        }
    }

    @Test
    void an_endpoint_that_closes_in_place_of_an_answer_is_answered_for_with_502() throws Exception {
        wire.endpoint(request -> request.connection().close());
        assertThat(wire.get("/").status()).isEqualTo(502);
        // And the next endpoint is not blamed for it.
        wire.endpoint(request -> request.response().end("next"));
        assertThat(wire.get("/").text()).isEqualTo("next");
    }

    @Test
    void a_status_that_is_none_is_a_502() throws Exception {
        wire.endpoint(request -> request.response().setStatusCode(999).end());
        assertThat(wire.get("/").status()).isEqualTo(502);
    }

    @Test
    void a_body_that_ends_before_its_length_never_looks_whole() throws Exception {
        breakOff(request -> request.response().putHeader("content-length", "10").write("half"));
    }

    @Test
    void a_body_without_a_length_that_is_broken_off_never_looks_whole() throws Exception {
        breakOff(request -> request.response().setChunked(true).write("half"));
    }

    private void breakOff(java.util.function.Function<HttpServerRequest, io.vertx.core.Future<Void>> begin)
            throws Exception {
        var begun = new LinkedBlockingQueue<HttpServerRequest>();
        wire.endpoint(request -> begin.apply(request).onSuccess(_ -> begun.add(request)));
        var request = wire.request(HttpMethod.GET, "/");
        var parts = new LinkedBlockingQueue<String>();
        var ends = new LinkedBlockingQueue<String>();
        request.response()
                .onSuccess(response -> response.handler(part -> parts.add(part.toString()))
                        .endHandler(_ -> ends.add("whole"))
                        .exceptionHandler(_ -> ends.add("broken off")));
        await(request.send());
        assertThat(parts.poll(10, TimeUnit.SECONDS)).isEqualTo("half");
        begun.poll(10, TimeUnit.SECONDS).connection().close();
        assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo("broken off");
    }

    @Test
    void an_upload_that_the_client_breaks_off_never_looks_whole_to_the_endpoint() throws Exception {
        var parts = new LinkedBlockingQueue<String>();
        var ends = new LinkedBlockingQueue<String>();
        wire.endpoint(request -> request.handler(part -> parts.add(part.toString()))
                .endHandler(_ -> ends.add("whole"))
                .exceptionHandler(_ -> ends.add("broken off")));
        var request = wire.request(HttpMethod.POST, "/").setChunked(true);
        var answer = Wire.whole(request);
        await(request.write("half"));
        assertThat(parts.poll(10, TimeUnit.SECONDS)).isEqualTo("half");
        request.reset();
        assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo("broken off");
        assertThatThrownBy(() -> await(answer)).isNotNull();
    }

    @Test
    void an_endpoint_that_does_not_respond_in_time_is_answered_for_with_504() throws Exception {
        var port = wire.listen(versions.endpoint().server(), request -> {
            if (!request.uri().equals("/silent")) {
                request.response().end("answer");
            }
        });
        var policy = UpstreamPolicy.DEFAULT
                .with(versions.endpoint().protocol())
                .within(Optional.empty(), Optional.of(Duration.ofMillis(100)));
        wire.proxy().route(policy, port);
        var late = wire.get("/silent");
        assertThat(late.status()).isEqualTo(504);
        assertThat(late.text()).contains("the endpoint did not respond in time");
        assertThat(wire.get("/").text()).isEqualTo("answer");
    }

    @Test
    void an_exchange_whose_client_leaves_is_ended_at_the_endpoint() throws Exception {
        var begun = new LinkedBlockingQueue<HttpServerRequest>();
        var ends = new LinkedBlockingQueue<String>();
        wire.endpoint(request -> {
            request.response().exceptionHandler(_ -> {}).closeHandler(_ -> ends.add("closed"));
            request.response().setChunked(true).write("part").onSuccess(_ -> begun.add(request));
        });
        var request = wire.request(HttpMethod.GET, "/");
        await(request.send());
        begun.poll(10, TimeUnit.SECONDS);
        request.reset();
        assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo("closed");
    }
}
