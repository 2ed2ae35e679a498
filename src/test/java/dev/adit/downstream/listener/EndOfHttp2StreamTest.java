package dev.adit.downstream.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.downstream.listener.Ends.Outcome;
import dev.adit.downstream.listener.Version.Asked;
import dev.adit.exchange.UpstreamTimeouts;
import dev.adit.observe.End;
import dev.adit.observe.Finished;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How requests end whose streams or whose connection of HTTP/2 end before them. */
class EndOfHttp2StreamTest {
    private static final Outcome GONE = new Outcome(End.CLIENT_GONE, Finished.NO_STATUS, null);
    private static final int RST_STREAM = 3;
    private static final int PING = 6;

    private final Ends ends = new Ends();
    private final RunningProxy proxy = new RunningProxy(UpstreamTimeouts.DEFAULT, EndOfRequestTest.H2C, ends);

    @AfterEach
    void close() throws Exception {
        proxy.close();
    }

    @Test
    void a_request_that_its_client_resets_at_once_ends_without_an_endpoint() throws Exception {
        proxy.route(1);
        var cancel = new ByteArrayOutputStream();
        cancel.writeBytes(new byte[] {0, 0, 0, 8});
        var sent = request();
        sent.writeBytes(Version.frame(RST_STREAM, 0, cancel));
        try (var client = new RawClient(proxy.http())) {
            client.send(sent.toString(ISO_8859_1));
            var told = ends.only(proxy);
            assertThat(told.outcome()).isEqualTo(GONE);
            assertThat(told.attempts()).isZero();
        }
    }

    @Test
    void an_error_of_the_connection_ends_the_requests_on_it() throws Exception {
        try (var origin = new RawOrigin((_, socket) -> RawOrigin.awaitReset(socket));
                var client = new RawClient(proxy.http())) {
            proxy.route(origin.port());
            client.send(request().toString(ISO_8859_1));
            assertThat(origin.head()).startsWith("GET / ");
            client.send(new String(Version.frame(PING, 0, new ByteArrayOutputStream()), ISO_8859_1)); // on a stream
            assertThat(ends.only(proxy).outcome()).isEqualTo(GONE);
        }
    }

    @Test
    void an_error_of_its_stream_ends_a_request() throws Exception {
        try (var origin = new RawOrigin((_, socket) -> RawOrigin.awaitReset(socket));
                var client = new RawClient(proxy.http())) {
            proxy.route(origin.port());
            Version.HTTP2.send(client, Asked.post("/", "hello").unfinished());
            assertThat(origin.head()).startsWith("POST / ");
            var trailers = new ByteArrayOutputStream();
            Version.literal(trailers, "x y", "1");
            client.send(new String(
                    Version.frame(Version.HEADERS, Version.END_HEADERS | Version.END_STREAM, trailers), ISO_8859_1));
            assertThat(ends.only(proxy).outcome()).isEqualTo(GONE);
        }
    }

    private static ByteArrayOutputStream request() {
        var section = new ByteArrayOutputStream();
        section.write(0x86);
        Version.literal(section, ":method", "GET");
        Version.literal(section, ":path", "/");
        Version.literal(section, ":authority", "a.test");
        var sent = Version.preface();
        sent.writeBytes(Version.frame(Version.HEADERS, Version.END_HEADERS | Version.END_STREAM, section));
        return sent;
    }
}
