package dev.adit.bench.footprint;

import dev.adit.testbed.TlsClient;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Clients with a connection each, kept alive, that ask at a steady rate until they are told to stop. */
final class Load implements AutoCloseable {
    private final List<Thread> clients = new ArrayList<>();
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private volatile boolean stopped;

    /**
     * What each client does.
     *
     * @param pause between two requests of one client; zero asks without a pause
     */
    record Plan(boolean tls, int port, String host, String path, int clients, Duration pause) {}

    Load with(Plan plan) {
        for (var i = 0; i < plan.clients(); i++) {
            clients.add(Thread.startVirtualThread(() -> ask(plan)));
        }
        return this;
    }

    long answered() {
        return answered.get();
    }

    long failed() {
        return failed.get();
    }

    @Override
    public void close() {
        stopped = true;
        for (var client : clients) {
            try {
                client.join(Duration.ofSeconds(10));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void ask(Plan plan) {
        while (!stopped) {
            try (var socket = plan.tls()
                    ? TlsClient.connect("127.0.0.1", plan.port(), plan.host())
                    : new Socket("127.0.0.1", plan.port())) {
                socket.setTcpNoDelay(true);
                socket.setSoTimeout(20_000);
                var request = ("GET " + plan.path() + " HTTP/1.1\r\nHost: " + plan.host() + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII);
                var in = new BufferedInputStream(socket.getInputStream(), 64 * 1024);
                var buffer = new byte[64 * 1024];
                while (!stopped) {
                    socket.getOutputStream().write(request);
                    answer(in, buffer);
                    answered.incrementAndGet();
                    LockSupport.parkNanos(plan.pause().toNanos());
                }
            } catch (IOException | GeneralSecurityException e) {
                failed.incrementAndGet();
            }
        }
    }

    private static void answer(InputStream in, byte[] buffer) throws IOException {
        var head = head(in);
        if (!head.startsWith("http/1.1 200")) {
            throw new IOException(head);
        }
        var length = head.lines()
                .filter(line -> line.startsWith("content-length:"))
                .mapToLong(line -> Long.parseLong(line.substring(15).strip()))
                .findFirst()
                .orElseThrow(() -> new IOException("no content-length"));
        while (length > 0) {
            var count = in.read(buffer, 0, (int) Math.min(buffer.length, length));
            if (count < 0) {
                throw new EOFException();
            }
            length -= count;
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            var c = in.read();
            if (c < 0) {
                throw new EOFException();
            }
            head.append((char) c);
        }
        return head.toString().toLowerCase(java.util.Locale.ROOT);
    }
}
