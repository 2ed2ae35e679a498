package dev.adit.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.ClientVersion;
import dev.adit.testbed.EndpointVersion;
import dev.adit.testbed.RunningProxy;
import dev.adit.testbed.Versions;
import dev.adit.testbed.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An endpoint behind TLS that comes back with another version of HTTP. */
class ChangedVersionTest {
    private final Wire wire = new Wire(new Versions(ClientVersion.HTTP2, EndpointVersion.HTTP2_TLS));

    @AfterEach
    void close() throws Exception {
        wire.close();
    }

    @Test
    void every_request_gets_a_connection_of_its_own_once_the_endpoint_speaks_http_1() throws Exception {
        var port = RunningProxy.freePort();
        all(EndpointVersion.HTTP2_TLS, port);
        all(EndpointVersion.HTTP1_TLS, port);
        all(EndpointVersion.HTTP2_TLS, port);
    }

    /** Twelve requests, none of which is answered before all are there. */
    private void all(EndpointVersion version, int port) throws Exception {
        var requests = new LinkedBlockingQueue<HttpServerRequest>();
        var server = wire.listen(version.server(), port, requests::add);
        wire.route(port);
        var answers = new ArrayList<CompletableFuture<Wire.Answer>>();
        for (var i = 0; i < 12; i++) {
            answers.add(wire.begin(HttpMethod.GET, "/")
                    .compose(request -> Wire.answer(request, Buffer.buffer()))
                    .toCompletionStage()
                    .toCompletableFuture());
        }
        var open = new ArrayList<HttpServerRequest>();
        for (var i = 0; i < 12; i++) {
            open.add(requests.poll(5, TimeUnit.SECONDS));
            assertThat(open.getLast()).as("request %d at the endpoint", i).isNotNull();
        }
        open.forEach(request -> request.response().end());
        for (var answer : answers) {
            assertThat(answer.get(5, TimeUnit.SECONDS).status()).isEqualTo(200);
        }
        Wire.await(server.close());
    }
}
