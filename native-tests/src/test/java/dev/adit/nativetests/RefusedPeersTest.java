package dev.adit.nativetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Http2Bytes;
import dev.adit.testbed.ProxyHeaders;
import dev.adit.testbed.RawSocket;
import dev.adit.testbed.RecordingOrigin;
import dev.adit.testbed.Transport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that a refused peer has sent is carried out, whatever it is refused for and whatever it speaks. */
@Tag("either-build")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RefusedPeersTest {
    private static final String HOST = "app.test";
    private static final String BALANCER = "127.0.0.1";
    private static final String STRANGER = "127.0.0.2";
    private static final String CLIENT = "192.0.2.9";
    private static final Pattern RESPONSE = Pattern.compile("HTTP/1\\.1 [0-9]{3} ");
    private static final byte[] NOTHING = {};
    private static final int LOOPS = Runtime.getRuntime().availableProcessors();

    private RecordingOrigin origin;
    private Adit behindBalancer;
    private Adit open;

    @BeforeAll
    void start(@TempDir Path manifests) throws IOException {
        origin = new RecordingOrigin();
        Files.writeString(manifests.resolve("app.yaml"), origin.manifests(HOST));
        behindBalancer = Adit.serving(
                manifests, "--h2c", "--proxy-protocol", "--trusted-proxies=" + BALANCER, "--head-timeout=4");
        open = Adit.serving(manifests, "--h2c", "--head-timeout=3", "--idle-timeout=2");
    }

    @AfterAll
    void stop() throws IOException {
        behindBalancer.close();
        open.close();
        origin.close();
    }

    @BeforeEach
    void forget() {
        origin.forget();
    }

    @ParameterizedTest
    @MethodSource("transportsAndHeaders")
    void a_peer_that_is_not_trusted_is_not_served_whoever_it_says_to_be(Transport transport, ProxyHeaders header)
            throws Exception {
        assertThat(attempt(behindBalancer, STRANGER, transport, header.of(CLIENT)))
                .isEmpty();
        assertNothingReached(behindBalancer);
    }

    @ParameterizedTest
    @EnumSource(Transport.class)
    void a_trusted_peer_without_a_header_is_not_served(Transport transport) throws Exception {
        assertThat(attempt(behindBalancer, BALANCER, transport, NOTHING)).isEmpty();
        assertNothingReached(behindBalancer);
    }

    @ParameterizedTest
    @MethodSource("transportsAndGoodHeaders")
    void a_header_names_the_client_in_one_packet_with_the_rest_or_in_many(
            Transport transport, byte[] header, String client) throws Exception {
        for (var isDribbled : List.of(false, true)) {
            origin.forget();
            try (var peer = RawSocket.connect(BALANCER, transport.port(behindBalancer))) {
                if (isDribbled) {
                    transport.begin(peer.dribble(header), HOST).send(transport.post(HOST, "/"));
                } else if (transport == Transport.HTTP) {
                    peer.send(join(header, transport.post(HOST, "/")));
                } else {
                    transport.begin(peer.send(header), HOST).send(transport.post(HOST, "/"));
                }
                assertThat(transport.status(peer)).isEqualTo(200);
            }
            assertThat(origin.heads()).singleElement().asString().contains("\r\nx-real-ip: " + client + "\r\n");
        }
    }

    @ParameterizedTest
    @MethodSource("badHeaders")
    void behind_a_header_that_is_none_nothing_is_served(Transport transport, byte[] header) throws Exception {
        assertThat(attempt(behindBalancer, BALANCER, transport, header)).isEmpty();
        assertNothingReached(behindBalancer);
    }

    @Test
    void a_header_that_comes_too_late_is_none() throws Exception {
        try (var peer = RawSocket.connect(BALANCER, behindBalancer.http())) {
            peer.send("PROXY TCP4 192.0.2.9");
            assertThat(peer.readAll()).isEmpty();
            sendIfOpen(peer, join(" 127.0.0.1 1 80\r\n".getBytes(StandardCharsets.US_ASCII), post("/late")));
        }
        assertNothingReached(behindBalancer);
    }

    /** Connections that hold their places without being HTTP yet, beside those that are. */
    enum Holder {
        SILENT {
            @Override
            RawSocket hold(Adit adit) throws IOException {
                return RawSocket.connect(adit.http());
            }
        },
        SILENT_BEFORE_TLS {
            @Override
            RawSocket hold(Adit adit) throws IOException {
                return RawSocket.connect(adit.https());
            }
        },
        HALF_A_HELLO {
            @Override
            RawSocket hold(Adit adit) throws IOException {
                return RawSocket.connect(adit.https()).send(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc});
            }
        };

        abstract RawSocket hold(Adit adit) throws IOException;
    }

    @ParameterizedTest
    @EnumSource(Holder.class)
    void beyond_the_limit_of_connections_no_request_is_carried_out_and_within_it_all_are(
            Holder holder, @TempDir Path manifests) throws Exception {
        Files.writeString(manifests.resolve("app.yaml"), origin.manifests(HOST));
        try (var adit = Adit.serving(manifests, "--h2c", "--max-connections=1", "--head-timeout=60")) {
            assertLimit(adit, () -> holder.hold(adit), NOTHING);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"V1", "V2"})
    void a_header_that_is_not_whole_holds_its_place_too(ProxyHeaders header, @TempDir Path manifests) throws Exception {
        Files.writeString(manifests.resolve("app.yaml"), origin.manifests(HOST));
        var whole = header.of(CLIENT);
        try (var adit = Adit.serving(
                manifests,
                "--h2c",
                "--max-connections=1",
                "--head-timeout=60",
                "--proxy-protocol",
                "--trusted-proxies=" + BALANCER)) {
            assertLimit(adit, () -> RawSocket.connect(adit.http()).send(Arrays.copyOf(whole, whole.length - 1)), whole);
        }
    }

    @ParameterizedTest
    @MethodSource("lastRequests")
    void what_follows_a_request_that_ends_the_connection_is_none(Transport transport, String last) throws Exception {
        try (var peer = transport.begin(RawSocket.connect(transport.port(open)), HOST)) {
            peer.send(join(last.getBytes(StandardCharsets.ISO_8859_1), post("/behind")));
            assertThat(RESPONSE.matcher(peer.readAll()).results()).hasSize(1);
        }
        assertThat(origin.requests()).doesNotContain("POST /behind");
    }

    @ParameterizedTest
    @EnumSource(names = {"HTTP", "HTTPS"})
    void what_is_left_of_a_head_that_came_too_late_is_no_request(Transport transport) throws Exception {
        try (var peer = transport.begin(RawSocket.connect(transport.port(open)), HOST)) {
            peer.send("GET / HTTP/1.1\r\nHost: " + HOST + "\r\n");
            assertThat(peer.readTo("\r\n\r\n")).startsWith("HTTP/1.1 408 ");
            sendIfOpen(peer, join("\r\n".getBytes(StandardCharsets.US_ASCII), post("/behind")));
            assertThat(peer.readAll()).doesNotContain("HTTP/1.1 ");
        }
        assertNothingReached(open);
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "H2C"})
    void behind_a_frame_that_is_too_large_no_stream_is_served_and_the_client_hears_why(Transport transport)
            throws Exception {
        try (var peer = transport.begin(RawSocket.connect(transport.port(open)), HOST)) {
            // With a stream of its own open, whose request waits for its body.
            peer.send(new Http2Bytes()
                    .headers(1, false, ":method", "POST", ":scheme", "https", ":path", "/open", ":authority", HOST)
                    .toBytes());
            await().until(() -> origin.requests().contains("POST /open"));
            peer.send(new Http2Bytes()
                    .header((1 << 14) + 1, Http2Bytes.DATA, 0, 1)
                    .raw(new byte[(1 << 14) + 1])
                    .headers(3, true, ":method", "GET", ":scheme", "https", ":path", "/behind", ":authority", HOST)
                    .toBytes());
            var farewell = Http2Bytes.next(peer, Http2Bytes.GOAWAY);
            assertThat(farewell.error()).isEqualTo(6); // FRAME_SIZE_ERROR
            peer.readBytes();
        }
        assertThat(origin.requests()).doesNotContain("GET /behind");
    }

    @ParameterizedTest
    @EnumSource(names = {"H2", "H2C"})
    void a_connection_that_begins_and_does_not_go_on_is_closed(Transport transport) throws Exception {
        try (var peer = RawSocket.connect(transport.port(open))) {
            if (transport.isSecure()) {
                peer.secure(HOST, "h2");
            } else {
                peer.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
            }
            peer.readBytes();
        }
    }

    @Test
    void plain_requests_where_tls_is_due_are_not_served() throws Exception {
        try (var peer = RawSocket.connect(open.https())) {
            peer.send(join(post("/plain"), post("/plain")));
            assertThat(peer.readAll()).doesNotContain("HTTP/1.1 ");
        }
        assertNothingReached(open);
    }

    private void assertLimit(Adit adit, Held holding, byte[] header) throws Exception {
        var held = new ArrayList<RawSocket>();
        try {
            // Each event loop has its share; they take turns, but not in an order that is known here.
            for (var refused = 0; refused < 4 * LOOPS; ) {
                var next = holding.hold();
                if (next.isRefused(200)) {
                    next.close();
                    refused++;
                } else {
                    held.add(next);
                    refused = 0;
                    assertThat(held).hasSizeLessThanOrEqualTo(LOOPS);
                }
            }
            assertThat(held).hasSize(LOOPS);
            origin.forget();
            for (var transport : Transport.values()) {
                for (var i = 0; i < 2 * LOOPS; i++) {
                    assertThat(attempt(adit, BALANCER, transport, header)).isEmpty();
                }
            }
            assertThat(origin.requests()).isEmpty();
        } finally {
            for (var one : held) {
                one.close();
            }
        }
        for (var transport : Transport.values()) {
            await().ignoreExceptions().until(() -> served(adit, transport, header));
        }
        assertThat(origin.requests()).contains("POST /within").doesNotContain("POST /refused");
    }

    /** Opens one connection. */
    @FunctionalInterface
    private interface Held {
        RawSocket hold() throws IOException;
    }

    private static boolean served(Adit adit, Transport transport, byte[] header)
            throws IOException, GeneralSecurityException {
        try (var peer = RawSocket.connect(BALANCER, transport.port(adit))) {
            transport.begin(peer.send(header), HOST).send(transport.post(HOST, "/within"));
            return transport.status(peer) == 200;
        }
    }

    /** Sends a request all the same, as far as that goes; returns what comes back. */
    private static String attempt(Adit adit, String own, Transport transport, byte[] header)
            throws GeneralSecurityException, IOException {
        try (var peer = RawSocket.connect(own, transport.port(adit))) {
            try {
                if (transport.isSecure()) {
                    transport.begin(peer.send(header), HOST).send(transport.post(HOST, "/refused"));
                } else {
                    var first = transport.isHttp2() ? Http2Bytes.begin().toBytes() : NOTHING;
                    peer.send(join(header, first, transport.post(HOST, "/refused")));
                }
            } catch (IOException _) {
                return ""; // closed before
            }
            return peer.readAll();
        }
    }

    private static void sendIfOpen(RawSocket peer, byte[] bytes) {
        try {
            peer.send(bytes);
        } catch (IOException _) {
            // as it should be
        }
    }

    /** By a request that comes after, on another connection: what came before it would be there as well. */
    private void assertNothingReached(Adit adit) throws IOException {
        try (var peer = RawSocket.connect(BALANCER, adit.http())) {
            peer.send(adit == behindBalancer ? ProxyHeaders.V1.of(CLIENT) : NOTHING);
            peer.send("GET /after HTTP/1.1\r\nHost: " + HOST + "\r\nConnection: close\r\n\r\n");
            assertThat(peer.readAll()).startsWith("HTTP/1.1 200 ");
        }
        assertThat(origin.requests()).containsExactly("GET /after");
    }

    private static byte[] post(String target) {
        return Transport.HTTP.post(HOST, target);
    }

    private static byte[] join(byte[]... parts) {
        var whole = new ByteArrayOutputStream();
        for (var part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    private static Stream<Arguments> transportsAndHeaders() {
        return Arrays.stream(Transport.values())
                .flatMap(transport ->
                        Arrays.stream(ProxyHeaders.values()).map(header -> Arguments.of(transport, header)));
    }

    private static Stream<Arguments> transportsAndGoodHeaders() {
        var unix = new byte[216];
        unix[0] = '/';
        var good = List.of(
                Arguments.of(ProxyHeaders.V1.of(CLIENT), CLIENT),
                Arguments.of(ProxyHeaders.V2.of(CLIENT), CLIENT),
                Arguments.of(ascii("PROXY TCP6 2001:db8::9 2001:db8::1 1 80\r\n"), "2001:db8::9"),
                Arguments.of(ascii("PROXY UNKNOWN\r\n"), BALANCER),
                Arguments.of(ascii("PROXY UNKNOWN 2001:db8::9 2001:db8::1 1 80\r\n"), BALANCER),
                Arguments.of(ProxyHeaders.v2(0x20, 0x00, NOTHING), BALANCER), // LOCAL, as for a health check
                Arguments.of(ProxyHeaders.v2(0x20, 0x11, new byte[12]), BALANCER),
                Arguments.of(ProxyHeaders.v2(0x21, 0x00, NOTHING), BALANCER), // UNSPEC
                Arguments.of(ProxyHeaders.v2(0x21, 0x31, unix), BALANCER));
        return Arrays.stream(Transport.values())
                .flatMap(transport ->
                        good.stream().map(header -> Arguments.of(transport, header.get()[0], header.get()[1])));
    }

    private static Stream<Arguments> badHeaders() {
        var good = ProxyHeaders.V1.of(CLIENT);
        var bad = List.of(
                ascii("PROXY TCP4 192.0.2.999 127.0.0.1 1 80\r\n"),
                ascii("PROXY TCP4 192.0.2.9 127.0.0.1 1 99999\r\n"),
                ascii("PROXY UDP4 192.0.2.9 127.0.0.1 1 80\r\n"),
                ascii("PROXY\r\n\r\n\r\n\r\n\r\n"),
                join(ascii("PROXY nonsense\r\n"), good),
                join(ascii("PROXY " + "x".repeat(200) + "\r\n"), good),
                join(ProxyHeaders.v2(0x21, 0x12, new byte[12]), good), // a datagram
                ProxyHeaders.v2(0x31, 0x11, new byte[12]),
                ProxyHeaders.v2(0x2f, 0x11, new byte[12]),
                join(ProxyHeaders.v2(0x21, 0x11, new byte[4]), good));
        return Arrays.stream(Transport.values())
                .flatMap(transport -> bad.stream().map(header -> Arguments.of(transport, header)));
    }

    private static Stream<Arguments> lastRequests() {
        var host = "Host: " + HOST + "\r\n";
        var last = List.of(
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\n" + host + host + "\r\n",
                "GET /\u0001 HTTP/1.1\r\n" + host + "\r\n",
                "GET / HTTP/3.0\r\n" + host + "\r\n",
                "GET / HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n",
                "GET / HTTP/1.0\r\n" + host + "\r\n",
                "POST / HTTP/1.1\r\n" + host + "Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "CONNECT " + HOST + ":80 HTTP/1.1\r\n" + host + "\r\n",
                "GET / HTTP/1.1\r\n" + host + "Connection: upgrade, close\r\nUpgrade: websocket\r\n\r\n",
                "GET * HTTP/1.1\r\n" + host + "Connection: upgrade\r\nUpgrade: websocket\r\n\r\n");
        return Stream.of(Transport.HTTP, Transport.HTTPS)
                .flatMap(transport -> last.stream().map(request -> Arguments.of(transport, request)));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
