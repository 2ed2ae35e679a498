package dev.adit.soak;

import dev.adit.testbed.TlsClient;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/** Clients of every kind, each on a thread of its own, at a steady pace. */
public final class Traffic implements AutoCloseable {
    private static final String GATEWAY = "127.0.0.1";

    private final World world;
    private final Tally tally;
    private volatile boolean closed;

    public Traffic(World world, Tally tally) {
        this.world = world;
        this.tally = tally;
    }

    /** One try of one kind. */
    @FunctionalInterface
    private interface Try {
        void run() throws IOException, GeneralSecurityException;
    }

    public void start() {
        for (var i = 0; i < 4; i++) {
            every(Duration.ofMillis(100), "requests on a kept connection", this::keepAlive);
        }
        every(Duration.ofMillis(50), "handshakes", this::handshake);
        for (var i = 0; i < 50; i++) {
            every(Duration.ofSeconds(2), "tunnels", this::tunnel);
        }
    }

    private void every(Duration pause, String name, Try what) {
        Thread.ofVirtual().start(() -> {
            while (!closed) {
                try {
                    what.run();
                    tally.done(name);
                } catch (IOException | GeneralSecurityException | RuntimeException e) {
                    if (!closed) {
                        tally.failed(name, e);
                    }
                }
                sleep(pause);
            }
        });
    }

    /** Twenty requests, half of them with a body. */
    private void keepAlive() throws IOException {
        try (var socket = new Socket(GATEWAY, world.adit().http())) {
            socket.setSoTimeout(15_000);
            for (var i = 0; i < 20; i++) {
                var host = World.host(ThreadLocalRandom.current().nextInt(World.HOSTS));
                var request = i % 2 == 0
                        ? "GET /a HTTP/1.1\r\nHost: " + host + "\r\n\r\n"
                        : "POST /a HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: 300\r\n\r\n" + "x".repeat(300);
                socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
                response(socket);
                tally.done("requests");
                sleep(Duration.ofMillis(10));
            }
        }
    }

    private static void response(Socket socket) throws IOException {
        var in = socket.getInputStream();
        var head = head(socket);
        if (!head.startsWith("HTTP/1.1 200 ")) {
            throw new IOException(head.substring(0, Math.min(40, head.length())).strip());
        }
        var length = head.toString()
                .toLowerCase()
                .lines()
                .filter(line -> line.startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        if (in.readNBytes(length).length != length) {
            throw new IOException("a body was cut");
        }
    }

    private static String head(Socket socket) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("closed after " + head.length() + " bytes of a head");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** Of a name that may have a certificate, or of none. */
    private void handshake() throws IOException, GeneralSecurityException {
        var random = ThreadLocalRandom.current();
        var host = random.nextInt(4) == 0
                ? "unknown-" + random.nextInt(1_000_000) + ".test"
                : World.host(random.nextInt(World.HOSTS));
        var answer = TlsClient.get(GATEWAY, world.adit().https(), host, "/tls").response();
        if (!answer.startsWith(host.startsWith("unknown") ? "HTTP/1.1 404 " : "HTTP/1.1 200 ")) {
            throw new IOException(host + ": " + answer.lines().findFirst().orElse("nothing"));
        }
    }

    /** Opened, used now and then for some seconds, and closed. */
    private void tunnel() throws IOException {
        try (var socket = new Socket(GATEWAY, world.adit().http())) {
            socket.setSoTimeout(15_000);
            var upgrade = "GET /ws HTTP/1.1\r\nHost: echo.soak.test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
            socket.getOutputStream().write(upgrade.getBytes(StandardCharsets.US_ASCII));
            var head = head(socket);
            if (!head.startsWith("HTTP/1.1 101 ")) {
                throw new IOException(head.lines().findFirst().orElse("nothing"));
            }
            for (var i = 0; i < 5; i++) {
                var message = new byte[ThreadLocalRandom.current().nextInt(1, 60_000)];
                ThreadLocalRandom.current().nextBytes(message);
                var sending = Thread.ofVirtual().start(() -> {
                    try {
                        socket.getOutputStream().write(message);
                    } catch (IOException _) {
                        // what comes back will be too short
                    }
                });
                if (!Arrays.equals(socket.getInputStream().readNBytes(message.length), message)) {
                    throw new IOException("an echo was not what was said");
                }
                sending.interrupt();
                sleep(Duration.ofSeconds(1));
            }
        }
    }

    static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
