package dev.adit.smuggling;

import dev.adit.testbed.TlsServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Stands between Adit and an origin, and keeps every byte of every connection in both directions. TLS from Adit ends
 * here; the origin speaks the same protocol without it.
 */
final class Recorder implements AutoCloseable {
    private final ServerSocket server;
    private final int origin;
    private final Optional<TlsServer> tls;
    private final Queue<Recording> recordings = new ConcurrentLinkedQueue<>();

    /** One connection. */
    static final class Recording {
        private final ByteArrayOutputStream requests = new ByteArrayOutputStream();
        private final ByteArrayOutputStream responses = new ByteArrayOutputStream();

        String requests() {
            return requests.toString(StandardCharsets.ISO_8859_1);
        }

        String responses() {
            return responses.toString(StandardCharsets.ISO_8859_1);
        }

        byte[] requestBytes() {
            return requests.toByteArray();
        }

        byte[] responseBytes() {
            return responses.toByteArray();
        }
    }

    Recorder(int origin, Optional<TlsServer> tls) throws IOException {
        this.origin = origin;
        this.tls = tls;
        server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    List<Recording> recordings() {
        return List.copyOf(recordings);
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                Thread.ofVirtual().start(() -> record(client));
            } catch (IOException _) {
                // The next connection, or the end.
            }
        }
    }

    /** Apart from accepting, since an origin may take its time to answer a call. */
    private void record(Socket connected) {
        var client = connected;
        try {
            if (tls.isPresent()) {
                client = tls.get().accept(connected);
            }
            var near = client;
            var upstream = new Socket(InetAddress.getLoopbackAddress(), origin);
            var recording = new Recording();
            recordings.add(recording);
            Thread.ofVirtual().start(() -> pump(upstream, near, recording.responses));
            pump(near, upstream, recording.requests);
        } catch (IOException _) {
            closeQuietly(client);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // It is gone.
        }
    }

    private static void pump(Socket from, Socket to, OutputStream copy) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            var buffer = new byte[8192];
            for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                copy.write(buffer, 0, count);
                to.getOutputStream().write(buffer, 0, count);
            }
        } catch (IOException _) {
            // One side is gone; closing both tells the other.
        }
    }
}
