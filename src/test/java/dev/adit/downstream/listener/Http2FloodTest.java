package dev.adit.downstream.listener;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.http.ClientPolicy;
import dev.adit.http.Limits;
import dev.adit.http.TrustedPeers;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import dev.adit.testbed.TrustAll;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients of HTTP/2 that would have endpoints work for nothing. */
class Http2FloodTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String FIRST = "GET /first HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n";
    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PING = 6;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;

    private final RunningProxy proxy =
            new RunningProxy(new ClientPolicy(Limits.DEFAULT, TrustedPeers.NONE, false, true));

    @AfterEach
    void close() throws Exception {
        proxy.close();
    }

    @Test
    void a_request_that_its_client_resets_at_once_reaches_no_endpoint() throws Exception {
        reachesNoEndpoint(frame(RST_STREAM, 0, 1, new byte[] {0, 0, 0, 8}));
    }

    @Test
    void a_request_whose_client_has_it_reset_at_once_reaches_no_endpoint() throws Exception {
        reachesNoEndpoint(frame(WINDOW_UPDATE, 0, 1, new byte[4]));
    }

    @Test
    void requests_of_a_connection_that_ends_by_an_error_are_not_served_on_and_its_client_is_told() throws Exception {
        try (var client = new Socket(InetAddress.getLoopbackAddress(), proxy.http())) {
            endsByAnError(client);
        }
    }

    @Test
    void the_client_of_a_connection_with_tls_is_told_as_well() throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        try (var client = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", proxy.https())) {
            var parameters = client.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            client.setSSLParameters(parameters);
            endsByAnError(client);
        }
    }

    private void endsByAnError(Socket client) throws Exception {
        client.setSoTimeout(10_000);
        var gone = new CountDownLatch(1);
        try (var origin = new RawOrigin((_, socket) -> {
            RawOrigin.awaitReset(socket);
            gone.countDown();
        })) {
            proxy.route(origin.port());
            var sent = preface();
            sent.writeBytes(request(1, END_HEADERS | END_STREAM, "/waits"));
            client.getOutputStream().write(sent.toByteArray());
            assertThat(origin.head()).startsWith("GET /waits ");
            // RFC 9113 §6.7: eight bytes, or an error of the connection, which has a code of its own (§4.2).
            client.getOutputStream().write(frame(PING, 0, 0, new byte[7]));
            var answer = new String(client.getInputStream().readAllBytes(), ISO_8859_1);
            assertThat(answer)
                    .contains(new String(new byte[] {GOAWAY, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 6}, ISO_8859_1));
            assertThat(gone.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void hundreds_of_frames_that_come_together_are_all_read() throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var client = new RawClient(proxy.http())) {
            proxy.route(origin.port());
            var sent = preface();
            for (var i = 0; i < 300; i++) {
                sent.writeBytes(frame(PING, 0, 0, new byte[8]));
            }
            sent.writeBytes(request(1, END_HEADERS | END_STREAM, "/behind"));
            client.send(sent.toString(ISO_8859_1));
            assertThat(origin.head()).startsWith("GET /behind ");
        }
    }

    @Test
    void requests_that_come_together_are_all_passed_on() throws Exception {
        var targets = new LinkedBlockingQueue<String>();
        try (var origin = new RawOrigin((first, socket) -> answer(first, socket, targets));
                var client = new RawClient(proxy.http())) {
            proxy.route(origin.port());
            var sent = preface();
            for (var i = 0; i < 50; i++) {
                sent.writeBytes(request(1 + 2 * i, END_HEADERS | END_STREAM, "/" + i));
            }
            client.send(sent.toString(ISO_8859_1));
            var reached = new TreeSet<String>();
            for (var i = 0; i < 50; i++) {
                reached.add(targets.poll(10, TimeUnit.SECONDS));
            }
            assertThat(reached).hasSize(50);
        }
    }

    @Test
    void a_frame_that_no_stream_can_have_is_refused_even_when_its_header_comes_byte_by_byte() throws Exception {
        try (var origin = RawOrigin.answering(OK);
                var client = new Socket(InetAddress.getLoopbackAddress(), proxy.http())) {
            proxy.route(origin.port());
            client.setTcpNoDelay(true);
            client.setSoTimeout(10_000);
            var out = client.getOutputStream();
            out.write(preface().toByteArray());
            out.write(request(1, END_HEADERS | END_STREAM, "/ended"));
            var answer = new StringBuilder();
            while (answer.indexOf("ok") < 0) {
                answer.append((char) client.getInputStream().read());
            }
            for (var next : frame(DATA, 0, 1, new byte[1])) {
                out.write(next);
            }
            answer.append(new String(client.getInputStream().readAllBytes(), ISO_8859_1));
            assertThat(answer.toString()).endsWith("a frame on a stream that cannot have it");
        }
    }

    /** What a client says first (RFC 9113 §3.4). */
    private static ByteArrayOutputStream preface() {
        var sent = new ByteArrayOutputStream();
        sent.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII));
        sent.writeBytes(frame(SETTINGS, 0, 0, new byte[0]));
        return sent;
    }

    /** With a connection to the endpoint that is open and unused, on which a request would be gone at once. */
    private void reachesNoEndpoint(byte[] end) throws Exception {
        var targets = new LinkedBlockingQueue<String>();
        try (var origin = new RawOrigin((first, socket) -> answer(first, socket, targets));
                var client = new RawClient(proxy.http())) {
            proxy.route(origin.port());
            assertThat(RawClient.exchange(proxy.http(), FIRST)).startsWith("HTTP/1.1 200 ");
            var sent = preface();
            sent.writeBytes(request(1, END_HEADERS, "/lost"));
            sent.writeBytes(end);
            sent.writeBytes(request(3, END_HEADERS | END_STREAM, "/kept"));
            client.send(sent.toString(ISO_8859_1));
            assertThat(targets.poll(10, TimeUnit.SECONDS)).isEqualTo("/first");
            assertThat(targets.poll(10, TimeUnit.SECONDS)).isEqualTo("/kept");
        }
    }

    private static void answer(String first, Socket socket, BlockingQueue<String> targets) throws IOException {
        targets.add(first.split(" ", 3)[1]);
        socket.getOutputStream().write(OK.getBytes(US_ASCII));
        var requests = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
        for (var line = requests.readLine(); line != null; line = requests.readLine()) {
            if (line.endsWith(" HTTP/1.1")) {
                targets.add(line.split(" ", 3)[1]);
                socket.getOutputStream().write(OK.getBytes(US_ASCII));
            }
        }
    }

    /** RFC 7541, appendix A: GET, http, and the other two as literals. */
    private static byte[] request(int stream, int flags, String path) throws IOException {
        var section = new ByteArrayOutputStream();
        section.writeBytes(new byte[] {(byte) 0x82, (byte) 0x86, 0x04, (byte) path.length()});
        section.writeBytes(path.getBytes(US_ASCII));
        section.writeBytes(new byte[] {0x01, (byte) "a.test".length()});
        section.writeBytes("a.test".getBytes(US_ASCII));
        return frame(HEADERS, flags, stream, section.toByteArray());
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) 0)
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }
}
