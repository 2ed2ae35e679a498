package dev.adit.testbed;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** An endpoint that speaks HTTP/2 without TLS: each request is answered with a few bytes when it has come whole. */
public final class H2cOrigin implements AutoCloseable {
    private static final byte[] STATUS_200 = {(byte) 0x88};

    private final ServerSocket server;
    private final int streams;
    private final AtomicInteger open = new AtomicInteger();

    /**
     * Listens on loopback.
     *
     * @param streams how many may be open on one connection
     */
    public H2cOrigin(int streams) throws IOException {
        this.streams = streams;
        server = new ServerSocket(0, 1_024, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many requests have begun and not ended. */
    public int open() {
        return open.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        var begun = new HashSet<Integer>();
        try (socket) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream());
            in.readNBytes(Http2Frames.PREFACE.length);
            var out = socket.getOutputStream();
            Http2Frames.write(out, Http2Frames.SETTINGS, 0, 0, Http2Frames.streams(streams));
            for (var frame = Http2Frames.read(in); frame != null; frame = Http2Frames.read(in)) {
                var answer = new ByteArrayOutputStream();
                switch (frame.type()) {
                    case Http2Frames.HEADERS -> {
                        if (begun.add(frame.stream())) {
                            open.incrementAndGet();
                        }
                    }
                    case Http2Frames.DATA -> taken(frame, answer);
                    case Http2Frames.RST_STREAM -> end(begun, frame.stream());
                    case Http2Frames.SETTINGS -> acknowledge(frame, answer);
                    case Http2Frames.PING -> {
                        if (!frame.has(Http2Frames.ACK)) {
                            Http2Frames.write(answer, Http2Frames.PING, Http2Frames.ACK, 0, frame.payload());
                        }
                    }
                    default -> {}
                }
                var isBody = frame.type() == Http2Frames.DATA || frame.type() == Http2Frames.HEADERS;
                if (isBody && frame.has(Http2Frames.END_STREAM)) {
                    Http2Frames.write(answer, Http2Frames.HEADERS, Http2Frames.END_HEADERS, frame.stream(), STATUS_200);
                    Http2Frames.write(answer, Http2Frames.DATA, Http2Frames.END_STREAM, frame.stream(), new byte[100]);
                    end(begun, frame.stream());
                }
                out.write(answer.toByteArray());
            }
        } catch (IOException _) {
            // whoever asked has gone
        } finally {
            open.addAndGet(-begun.size());
        }
    }

    private void end(Set<Integer> begun, int stream) {
        if (begun.remove(stream)) {
            open.decrementAndGet();
        }
    }

    private static void taken(Http2Frames.Frame frame, ByteArrayOutputStream answer) throws IOException {
        if (frame.payload().length > 0) {
            var bytes = ByteBuffer.allocate(4).putInt(frame.payload().length).array();
            Http2Frames.write(answer, Http2Frames.WINDOW_UPDATE, 0, 0, bytes);
        }
    }

    private static void acknowledge(Http2Frames.Frame frame, ByteArrayOutputStream answer) throws IOException {
        if (!frame.has(Http2Frames.ACK)) {
            Http2Frames.write(answer, Http2Frames.SETTINGS, Http2Frames.ACK, 0, Http2Frames.NOTHING);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
