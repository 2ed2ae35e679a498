package dev.adit.testbed;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** An endpoint that answers each request with the bytes that a test gives it, and with nothing else. */
public final class ScriptedOrigin implements AutoCloseable {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    /** What is sent in answer to one request. */
    @FunctionalInterface
    public interface Script {
        /**
         * Answers one request.
         *
         * @param stream of HTTP/2; else 0
         */
        void answer(int stream, OutputStream out) throws IOException;
    }

    @FunctionalInterface
    private interface Protocol {
        void serve(Socket connection) throws IOException;
    }

    private final ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    private final Queue<String> heads = new ConcurrentLinkedQueue<>();
    private final Protocol protocol;
    private volatile Script script = (_, out) -> out.write(bytes(OK));

    private ScriptedOrigin(boolean http2) throws IOException {
        protocol = http2 ? this::http2 : this::http1;
        Thread.startVirtualThread(this::accept);
    }

    public static ScriptedOrigin ofHttp1() throws IOException {
        return new ScriptedOrigin(false);
    }

    /** By prior knowledge. */
    public static ScriptedOrigin ofHttp2() throws IOException {
        return new ScriptedOrigin(true);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** From now on. */
    public void answers(Script next) {
        script = next;
    }

    /** From now on, to every request for {@code /bad}; to others {@code ok}. */
    public void answers(String response) {
        script = (_, out) -> out.write(bytes(response));
    }

    /** What has come, of HTTP/1. */
    public Queue<String> heads() {
        return heads;
    }

    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var connection = server.accept();
                Thread.startVirtualThread(() -> serve(connection));
            } catch (IOException _) {
                // the end
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            protocol.serve(connection);
        } catch (IOException _) {
            // what it was sent did not please it
        }
    }

    private void http1(Socket connection) throws IOException {
        var in = new BufferedInputStream(connection.getInputStream());
        while (true) {
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                var b = in.read();
                if (b < 0) {
                    return;
                }
                head.append((char) b);
            }
            heads.add(head.toString());
            if (head.indexOf(" /bad") > 0) {
                script.answer(0, connection.getOutputStream());
            } else {
                connection.getOutputStream().write(bytes(OK));
            }
        }
    }

    private void http2(Socket connection) throws IOException {
        var in = new BufferedInputStream(connection.getInputStream());
        var out = connection.getOutputStream();
        in.skipNBytes(Http2Frames.PREFACE.length);
        out.write(Http2Frames.frame(Http2Frames.SETTINGS, 0, 0, new byte[0]));
        for (var frame = Http2Frames.read(in); frame != null; frame = Http2Frames.read(in)) {
            if (frame.type() == Http2Frames.SETTINGS && !frame.has(Http2Frames.ACK)) {
                out.write(Http2Frames.frame(Http2Frames.SETTINGS, Http2Frames.ACK, 0, new byte[0]));
            } else if (frame.type() == Http2Frames.HEADERS) {
                script.answer(frame.stream(), out);
            }
        }
    }
}
