package dev.adit.neverdrop;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.LongAdder;

/** Attacks of many connections, each of which takes its time. */
final class Http1Attacks {
    private static final int SLOW_CLIENTS = 5_000;
    private static final int UPLOADS = 2_000;
    private static final int UNREAD = 1_000;
    private static final int TURNS = 500;
    private static final int SMALL_BUFFER = 4_096;

    private Http1Attacks() {}

    static void slowHeads(int port, LongAdder done) throws IOException, InterruptedException {
        crawl(port, SLOW_CLIENTS, "GET / HTTP/1.1\r\nHost: a.test\r\nX-A: ", false, done);
    }

    static void slowUploads(int port, LongAdder done) throws IOException, InterruptedException {
        crawl(port, UPLOADS, "POST /upload HTTP/1.1\r\nHost: a.test\r\nContent-Length: 1000000\r\n\r\na", false, done);
    }

    static void unreadResponses(int port, LongAdder done) throws IOException, InterruptedException {
        crawl(port, UNREAD, "GET /large HTTP/1.1\r\nHost: a.test\r\n\r\nGET /", true, done);
    }

    /**
     * Each says something every five seconds, and never all at once.
     *
     * @param isAnswered whether an answer is no sign of having been given up
     */
    private static void crawl(int port, int clients, String begin, boolean isAnswered, LongAdder done)
            throws IOException, InterruptedException {
        var sockets = new ArrayList<Socket>();
        var turn = 0;
        try {
            while (!Thread.currentThread().isInterrupted()) {
                while (sockets.size() < clients) {
                    sockets.add(open(port, begin));
                    done.increment();
                }
                for (var i = turn % TURNS; i < sockets.size(); i += TURNS) {
                    if (!says(sockets.get(i), isAnswered)) {
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

    private static Socket open(int port, String begin) throws IOException {
        var socket = new Socket();
        socket.setReceiveBufferSize(SMALL_BUFFER);
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.getOutputStream().write(begin.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static boolean says(Socket socket, boolean isAnswered) {
        try {
            socket.getOutputStream().write('a');
            if (!isAnswered && socket.getInputStream().available() > 0) {
                socket.close();
                return false;
            }
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
