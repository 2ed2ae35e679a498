package dev.adit.forwarding;

import static dev.adit.testbed.Wire.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Wire;
import dev.adit.testbed.WireTest;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Responses before the final one (RFC 9110 §15.2), and bodies that are held back for one of them. */
@ParameterizedClass
@MethodSource("dev.adit.testbed.Versions#all")
class InterimTest extends WireTest {
    @Test
    void early_hints_reach_the_client_before_the_response() throws Exception {
        var ends = new LinkedBlockingQueue<Runnable>();
        wire.endpoint(request -> {
            var hints = MultiMap.caseInsensitiveMultiMap().add("link", "</a.css>; rel=preload");
            request.response().writeEarlyHints(hints);
            ends.add(() -> request.response().end("body"));
        });
        var hints = new LinkedBlockingQueue<MultiMap>();
        var request = wire.request(HttpMethod.GET, "/").earlyHintsHandler(hints::add);
        var answer = Wire.whole(request);
        await(request.end());
        assertThat(hints.poll(10, TimeUnit.SECONDS).get("link")).isEqualTo("</a.css>; rel=preload");
        assertThat(answer.isComplete()).isFalse();
        ends.poll(10, TimeUnit.SECONDS).run();
        assertThat(await(answer).status()).isEqualTo(200);
        assertThat(await(answer).text()).isEqualTo("body");
        assertThat(await(answer).response().headers().names()).doesNotContain("link");
    }

    @Test
    void a_client_that_waits_for_100_sends_its_body_once_the_endpoint_wants_it() throws Exception {
        wire.endpoint(request -> {
            assertThat(request.getHeader("expect")).isEqualTo("100-continue");
            request.body().onSuccess(body -> request.response().end("got " + body));
            request.response().writeContinue();
        });
        var continued = new LinkedBlockingQueue<String>();
        var request = wire.request(HttpMethod.POST, "/")
                .putHeader("expect", "100-continue")
                .putHeader("content-length", "4")
                .continueHandler(_ -> continued.add("continue"));
        var answer = Wire.whole(request);
        await(request.sendHead());
        assertThat(continued.poll(10, TimeUnit.SECONDS)).isEqualTo("continue");
        await(request.end("body"));
        assertThat(await(answer).text()).isEqualTo("got body");
    }

    @Test
    void a_client_whose_body_is_not_wanted_gets_the_answer_and_sends_none() throws Exception {
        wire.endpoint(request -> request.response().setStatusCode(417).end("no"));
        var continued = new LinkedBlockingQueue<String>();
        var request = wire.request(HttpMethod.POST, "/")
                .putHeader("expect", "100-continue")
                .putHeader("content-length", "4")
                .continueHandler(_ -> continued.add("continue"));
        var answer = Wire.whole(request);
        await(request.sendHead());
        assertThat(await(answer).status()).isEqualTo(417);
        assertThat(await(answer).text()).isEqualTo("no");
        assertThat(continued).isEmpty();
        // And the next request is served.
        wire.endpoint(next -> next.response().end("next"));
        assertThat(wire.get("/").text()).isEqualTo("next");
    }
}
