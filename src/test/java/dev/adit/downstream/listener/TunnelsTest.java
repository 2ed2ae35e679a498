package dev.adit.downstream.listener;

import static dev.adit.testbed.Http2Client.answer;
import static dev.adit.testbed.Http2Client.await;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.routing.RoutingTable;
import dev.adit.testbed.Http2Client;
import dev.adit.testbed.RunningProxy;
import dev.adit.testbed.StreamOrigin;
import dev.adit.testbed.Tls;
import dev.adit.tls.CertificateTable;
import dev.adit.tls.DefaultCertificate;
import dev.adit.tls.SniKeyManager;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import java.net.InetAddress;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections whose bytes pass unread, beside those whose requests are read. */
class TunnelsTest {
    private final Vertx vertx = Vertx.vertx();
    private final Http2Client client = new Http2Client();
    private final RunningProxy proxy = new RunningProxy();

    @AfterEach
    void close() throws Exception {
        proxy.close();
        client.close();
        await(vertx.close());
    }

    @Test
    void the_endpoint_shakes_hands_for_its_host_and_adit_for_every_other() throws Exception {
        var own = DefaultCertificate.generate(Instant.now());
        var certificates = new CertificateTable(RoutingTable.EMPTY, own);
        var options = new HttpServerOptions()
                .setSsl(true)
                .setUseAlpn(true)
                .setHost("127.0.0.1")
                .setPort(0)
                .setKeyCertOptions(KeyCertOptions.wrap(new SniKeyManager(() -> certificates)));
        var endpoint = await(vertx.createHttpServer(options)
                .requestHandler(request -> request.response().end("x".repeat(1_000_000)))
                .listen());
        proxy.passthrough("pass.test", endpoint.actualPort());

        var passed = client.requestTo("pass.test", proxy.https(), HttpMethod.GET, "/");
        assertThat(answer(passed).body()).hasSize(1_000_000);
        assertThat((X509Certificate) passed.connection().peerCertificates().getFirst())
                .isEqualTo(own.leaf());

        var ended = client.requestTo("other.test", proxy.https(), HttpMethod.GET, "/");
        assertThat(answer(ended).response().statusCode()).isEqualTo(404);
        assertThat((X509Certificate) ended.connection().peerCertificates().getFirst())
                .isNotEqualTo(own.leaf());
    }

    @Test
    void whoever_has_said_all_still_gets_the_answer() throws Exception {
        try (var origin = new StreamOrigin(socket -> {
            var said = new String(socket.getInputStream().readAllBytes(), US_ASCII);
            socket.getOutputStream().write(("heard " + said).getBytes(US_ASCII));
        })) {
            var port = tcp("tunnel -> web:80", "web:80 = 127.0.0.1:" + origin.port());
            assertThat(StreamOrigin.ask(port, "hello")).isEqualTo("heard hello");
        }
    }

    @Test
    void whoever_speaks_last_is_heard_to_the_end() throws Exception {
        var long100 = "x".repeat(5_000_000);
        try (var origin = new StreamOrigin(socket -> {
            socket.getOutputStream().write(long100.getBytes(US_ASCII));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        })) {
            var port = tcp("tunnel -> web:80", "web:80 = 127.0.0.1:" + origin.port());
            assertThat(StreamOrigin.ask(port, "")).isEqualTo(long100);
        }
    }

    @Test
    void whoever_says_that_it_has_said_all_while_it_is_answered_gets_the_whole_answer() throws Exception {
        var answer = "x".repeat(20_000_000);
        try (var origin = new StreamOrigin(socket -> {
            socket.getOutputStream().write(answer.getBytes(US_ASCII));
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        })) {
            var port = tcp("tunnel -> web:80", "web:80 = 127.0.0.1:" + origin.port());
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(10_000);
                var first = socket.getInputStream().readNBytes(1_000);
                socket.shutdownOutput();
                assertThat(first.length + socket.getInputStream().readAllBytes().length)
                        .isEqualTo(answer.length());
            }
        }
    }

    @Test
    void connections_are_shared_out_by_weight_and_one_that_nobody_has_is_closed() throws Exception {
        try (var one = StreamOrigin.saying("one");
                var two = StreamOrigin.saying("two")) {
            var port = tcp(
                    "tunnel -> 1 of one:80 | 0 of two:80",
                    "one:80 = 127.0.0.1:" + one.port(),
                    "two:80 = 127.0.0.1:" + two.port());
            assertThat(Stream.generate(() -> StreamOrigin.ask(port, "")).limit(20))
                    .containsOnly("one");
            var nowhere = tcp("tunnel -> gone:80", "gone:80 = no ready endpoint");
            assertThat(StreamOrigin.ask(nowhere, "hello")).isEmpty();
            var refused = tcp("tunnel -> 503 (RefNotPermitted)");
            assertThat(StreamOrigin.ask(refused, "hello")).isEmpty();
        }
    }

    @Test
    void a_connection_goes_to_another_endpoint_where_the_first_does_not_answer() throws Exception {
        try (var one = StreamOrigin.saying("one")) {
            var port = tcp(
                    "tunnel -> web:80", "web:80 = 127.0.0.1:" + RunningProxy.freePort() + " 127.0.0.1:" + one.port());
            assertThat(Stream.generate(() -> StreamOrigin.ask(port, "")).limit(10))
                    .containsOnly("one");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void what_is_in_tls_passes_once_it_has_ended_here_and_no_protocol_is_chosen_for_it(boolean ofJdk) throws Exception {
        try (var origin = new StreamOrigin(socket -> {
                    var said = socket.getInputStream().readNBytes(5);
                    socket.getOutputStream().write(said);
                });
                var own = ofJdk ? RunningProxy.withTlsOfJdk() : new RunningProxy()) {
            var port = RunningProxy.freePort();
            own.serve("""
                    host b.test on port %d by TLS
                      tunnel after TLS -> web:80
                    upstream default/web:80 = 127.0.0.1:%d
                    """.formatted(port, origin.port()));
            try (var socket = Tls.connect("b.test", port, Tls.context(null))) {
                var parameters = socket.getSSLParameters();
                parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
                socket.setSSLParameters(parameters);
                socket.startHandshake();
                assertThat(socket.getApplicationProtocol()).isEmpty();
                socket.getOutputStream().write("hello".getBytes(US_ASCII));
                assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
                        .isEqualTo("hello");
            }
        }
    }

    /** The port at which it is served. */
    private int tcp(String tunnel, String... upstreams) {
        var port = RunningProxy.freePort();
        var text = Stream.concat(
                Stream.of("host * on port " + port + " by TCP", "  " + tunnel),
                Stream.of(upstreams).map(upstream -> "upstream default/" + upstream));
        proxy.serve(String.join("\n", text.toList()));
        return port;
    }
}
