package dev.adit.testbed;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;

/** An upstream that answers each connection by a script of the test, on the raw socket. */
public final class RawOrigin implements AutoCloseable {
    /** What to do with one connection, after the head of its first request has been read. */
    @FunctionalInterface
    public interface Script {
        void answer(String head, Socket socket) throws IOException;
    }

    private final ServerSocket server;
    private final BlockingQueue<String> heads = new LinkedBlockingQueue<>();
    private final Script script;

    public RawOrigin(Script script) throws IOException {
        this(EndpointVersion.HTTP1, script);
    }

    /** One that speaks HTTP/1 in plain text or by TLS. */
    public RawOrigin(EndpointVersion version, Script script) throws IOException {
        this.script = script;
        var factory = version.isTls() ? EndpointVersion.sockets() : ServerSocketFactory.getDefault();
        server = factory.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** Always the same bytes, and then the end of the connection. */
    public static RawOrigin answering(String response) throws IOException {
        return new RawOrigin(
                (_, socket) -> socket.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** Until the other side breaks off; that it closes in order is an error. */
    public static void awaitReset(Socket socket) {
        assertThatThrownBy(() -> socket.getInputStream().transferTo(OutputStream.nullOutputStream()))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");
    }

    /** The head of the next request on a connection; empty at its end. */
    public static String readHead(Socket socket) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var b = socket.getInputStream().read();
            if (b < 0) {
                return "";
            }
            head.append((char) b);
        }
        return head.toString();
    }

    public int port() {
        return server.getLocalPort();
    }

    /** The head of the next request that has arrived or will. */
    public String head() throws InterruptedException {
        var head = heads.poll(10, TimeUnit.SECONDS);
        if (head == null) {
            throw new IllegalStateException("no request reached the origin");
        }
        return head;
    }

    /** Those that have arrived and were not asked for yet. */
    public List<String> heads() {
        return List.copyOf(heads);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var head = readHead(socket);
            if (!head.isEmpty()) {
                heads.add(head);
                script.answer(head, socket);
            }
        } catch (IOException e) {
            heads.add("failed: " + e.getMessage());
        }
    }
}
