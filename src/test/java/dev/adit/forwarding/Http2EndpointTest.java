package dev.adit.forwarding;

import static dev.adit.testbed.Http2Peer.section;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.routing.upstream.UpstreamPolicy;
import dev.adit.testbed.Http2Peer;
import dev.adit.testbed.Wire;
import dev.adit.testbed.WireTest;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only an endpoint of HTTP/2 can do to an exchange, in plain text and by TLS. */
@ParameterizedClass
@MethodSource("dev.adit.testbed.Versions#toHttp2")
class Http2EndpointTest extends WireTest {
    private static final long REFUSED_STREAM = 7;
    private static final long INTERNAL_ERROR = 2;

    private final BlockingQueue<HttpServerRequest> requests = new LinkedBlockingQueue<>();

    @ParameterizedTest
    @ValueSource(strings = {"GET", "POST"})
    void a_stream_that_the_endpoint_has_refused_is_repeated_whatever_its_method(String method) throws Exception {
        wire.endpoint(requests::add);
        var answer = send(HttpMethod.valueOf(method), "/");
        next().response().reset(REFUSED_STREAM);
        next().response().end("second");
        assertThat(get(answer).text()).isEqualTo("second");
    }

    @Test
    void a_stream_that_the_endpoint_has_reset_for_another_reason_is_not_repeated() throws Exception {
        wire.endpoint(requests::add);
        var answer = send(HttpMethod.GET, "/");
        next().response().reset(INTERNAL_ERROR);
        assertThat(get(answer).status()).isEqualTo(502);
        assertThat(requests).isEmpty();
    }

    @Test
    void streams_beyond_the_last_one_of_a_goaway_are_repeated_and_the_others_go_on() throws Exception {
        wire.endpoint(requests::add);
        var first = send(HttpMethod.GET, "/first");
        var served = next();
        var second = send(HttpMethod.POST, "/second");
        var late = next();
        assertThat(late.connection()).isSameAs(served.connection());
        late.connection().goAway(0, served.streamId());
        var again = next();
        assertThat(again.uri()).isEqualTo("/second");
        assertThat(again.connection()).isNotSameAs(served.connection());
        again.response().end("second");
        assertThat(get(second).text()).isEqualTo("second");
        served.response().end("first");
        assertThat(get(first).text()).isEqualTo("first");
    }

    @Test
    void a_connection_that_says_goaway_gets_no_further_request() throws Exception {
        wire.endpoint(requests::add);
        var open = send(HttpMethod.GET, "/open");
        var served = next();
        served.connection().goAway(0);
        // By an answer that the proxy reads behind the GOAWAY.
        served.response().setChunked(true).write("begun");
        served.response().end();
        assertThat(get(open).text()).isEqualTo("begun");
        var other = send(HttpMethod.GET, "/other");
        var elsewhere = next();
        assertThat(elsewhere.connection()).isNotSameAs(served.connection());
        elsewhere.response().end();
        assertThat(get(other).status()).isEqualTo(200);
    }

    @Test
    void a_connection_that_dies_fails_only_its_own_streams() throws Exception {
        oneStreamEach();
        var dying = send(HttpMethod.GET, "/dying");
        var dies = next();
        var living = send(HttpMethod.GET, "/living");
        var lives = next();
        assertThat(lives.connection()).isNotSameAs(dies.connection());
        dies.connection().close();
        assertThat(get(dying).status()).isEqualTo(502);
        lives.response().end("alive");
        assertThat(get(living).text()).isEqualTo("alive");
    }

    @Test
    void more_requests_at_once_than_one_connection_carries_are_all_served() throws Exception {
        wire.endpoint(requests::add);
        var answers = new ArrayList<CompletableFuture<Wire.Answer>>();
        for (var i = 0; i < 150; i++) {
            answers.add(send(HttpMethod.GET, "/" + i));
        }
        var all = new ArrayList<HttpServerRequest>();
        var connections = new HashSet<HttpConnection>();
        for (var i = 0; i < 150; i++) {
            all.add(next());
            connections.add(all.getLast().connection());
        }
        assertThat(connections).hasSizeBetween(2, 8);
        all.forEach(request -> request.response().end(request.uri()));
        for (var i = 0; i < 150; i++) {
            assertThat(get(answers.get(i)).text()).isEqualTo("/" + i);
        }
    }

    @Test
    void an_endpoint_that_carries_one_stream_for_each_connection_never_gets_two() throws Exception {
        Set<HttpConnection> busy = ConcurrentHashMap.newKeySet();
        var overrun = new AtomicInteger();
        var settings = new Http2Settings().setMaxConcurrentStreams(1);
        wire.endpoint(versions.endpoint().server().setInitialSettings(settings), request -> {
            if (!busy.add(request.connection())) {
                overrun.incrementAndGet();
            }
            request.endHandler(_ -> {
                busy.remove(request.connection());
                request.response().end(request.uri());
            });
        });
        assertThat(wire.get("/settings").text()).isEqualTo("/settings");
        var answers = new ArrayList<CompletableFuture<Wire.Answer>>();
        for (var i = 0; i < 40; i++) {
            answers.add(send(HttpMethod.GET, "/" + i));
        }
        for (var i = 0; i < 40; i++) {
            assertThat(get(answers.get(i)).text()).isEqualTo("/" + i);
        }
        assertThat(overrun).hasValue(0);
    }

    @Test
    void a_burst_before_the_settings_of_the_endpoint_are_known_is_served_too() throws Exception {
        var settings = new Http2Settings().setMaxConcurrentStreams(1);
        wire.endpoint(
                versions.endpoint().server().setInitialSettings(settings),
                request -> request.response().end(request.uri()));
        var answers = new ArrayList<CompletableFuture<Wire.Answer>>();
        for (var i = 0; i < 40; i++) {
            answers.add(send(HttpMethod.GET, "/" + i));
        }
        for (var i = 0; i < 40; i++) {
            assertThat(get(answers.get(i)).text()).isEqualTo("/" + i);
        }
    }

    @Test
    void requests_that_wait_for_a_connection_that_fails_fail_with_it_although_a_retired_one_lives() throws Exception {
        var channels = new LinkedBlockingQueue<Channel>();
        var streams = new LinkedBlockingQueue<Http2FrameStream>();
        try (var origin = Http2Peer.endpoint(versions.endpoint(), (stream, channel) -> {
            streams.add(stream);
            channels.add(channel);
        })) {
            wire.route(origin.port());
            var lasting = send(HttpMethod.GET, "/lasting");
            var channel = channels.poll(10, TimeUnit.SECONDS);
            var _ = channel.write(new DefaultHttp2GoAwayFrame(0));
            var _ = channel.writeAndFlush(new DefaultHttp2PingFrame(1));
            assertThat(origin.next()).startsWith("head ");
            assertThat(origin.next()).isEqualTo("ping");
            origin.refuse();
            var answers = new ArrayList<CompletableFuture<Wire.Answer>>();
            for (var i = 0; i < 20; i++) {
                answers.add(send(HttpMethod.GET, "/" + i));
            }
            for (var answer : answers) {
                assertThat(get(answer).status()).isEqualTo(502);
            }
            assertThat(lasting).isNotDone();
            var stream = streams.poll();
            channel.eventLoop()
                    .execute(() -> Http2Peer.send(channel, stream, section(":status", "200"), "last", section()));
            assertThat(get(lasting).text()).isEqualTo("last");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD 200", "GET 204", "GET 304"})
    void an_endpoint_that_does_not_end_a_response_without_a_body_is_not_waited_for_for_ever(String sent)
            throws Exception {
        var words = sent.split(" ", -1);
        var head = section(":status", words[1]);
        try (var endpoint = Http2Peer.endpoint(versions.endpoint(), (stream, channel) -> {
            var _ = channel.writeAndFlush(new DefaultHttp2HeadersFrame(head, false).stream(stream));
        })) {
            var policy = UpstreamPolicy.DEFAULT
                    .with(versions.endpoint().protocol())
                    .within(Optional.empty(), Optional.of(Duration.ofMillis(200)));
            wire.proxy().route(policy, endpoint.port());
            var _ = send(HttpMethod.valueOf(words[0]), "/");
            assertThat(endpoint.next()).startsWith("head ");
            assertThat(endpoint.next()).isEqualTo("reset 8");
        }
    }

    @Test
    void an_endpoint_that_retires_every_connection_serves_new_requests_beside_those_that_last() throws Exception {
        wire.endpoint(request -> {
            request.connection().goAway(0);
            // The proxy has read the GOAWAY once it acknowledges a PING that was sent behind it.
            request.connection().ping(Buffer.buffer("12345678")).onSuccess(_ -> requests.add(request));
        });
        List<HttpServerRequest> lasting = new ArrayList<>();
        List<CompletableFuture<Wire.Answer>> answers = new ArrayList<>();
        for (var i = 0; i < 10; i++) {
            answers.add(send(HttpMethod.GET, "/" + i));
            lasting.add(next());
        }
        lasting.forEach(request -> request.response().end(request.uri()));
        for (var i = 0; i < 10; i++) {
            assertThat(get(answers.get(i)).text()).isEqualTo("/" + i);
        }
    }

    private void oneStreamEach() throws Exception {
        var settings = new Http2Settings().setMaxConcurrentStreams(1);
        wire.endpoint(versions.endpoint().server().setInitialSettings(settings), requests::add);
    }

    private CompletableFuture<Wire.Answer> send(HttpMethod method, String target) {
        return wire.begin(method, target)
                .compose(request -> Wire.answer(request, Buffer.buffer()))
                .toCompletionStage()
                .toCompletableFuture();
    }

    private HttpServerRequest next() throws InterruptedException {
        var request = requests.poll(10, TimeUnit.SECONDS);
        assertThat(request).as("a request at the endpoint").isNotNull();
        return request;
    }

    private static Wire.Answer get(CompletableFuture<Wire.Answer> answer) throws Exception {
        return answer.get(10, TimeUnit.SECONDS);
    }
}
