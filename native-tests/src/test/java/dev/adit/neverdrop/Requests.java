package dev.adit.neverdrop;

import dev.adit.soak.Tally;
import dev.adit.testbed.TlsClient;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;

/**
 * Requests at a steady rate, GET and POST in turn, on kept connections. Nothing is tried again: what fails has failed. A
 * client that is late asks at once, and its latency counts from when it should have asked.
 */
public final class Requests implements AutoCloseable {
    private static final int CLIENTS = 50;
    private static final String BODY = "x".repeat(200);

    private final InetSocketAddress gateway;
    private final String host;
    private final String path;
    private final Duration pause;
    private final boolean tls;
    private final IntPredicate isServed;
    private final Tally tally = new Tally();
    private final List<Thread> clients = new ArrayList<>();
    private final List<List<Long>> latencies = new ArrayList<>();
    private volatile boolean closed;

    public Requests(String address, int port, String host, String path, int perSecond) {
        this(address, port, host, path, perSecond, false);
    }

    /** The same, with TLS or without. */
    public Requests(String address, int port, String host, String path, int perSecond, boolean tls) {
        // The sample applications take no POST on some paths; what is not of the gateway's own making is an answer.
        this(address, port, host, path, perSecond, tls, status -> status < 500 && status != 404);
    }

    /**
     * The same.
     *
     * @param isServed by which statuses a request has been served
     */
    public Requests(
            String address, int port, String host, String path, int perSecond, boolean tls, IntPredicate isServed) {
        this.tls = tls;
        this.isServed = isServed;
        this.gateway = new InetSocketAddress(address, port);
        this.host = host;
        this.path = path;
        this.pause = Duration.ofNanos(TimeUnit.SECONDS.toNanos(1) * CLIENTS / perSecond);
        for (var i = 0; i < CLIENTS; i++) {
            var own = new ArrayList<Long>();
            latencies.add(own);
            var begin = System.nanoTime() + pause.toNanos() * i / CLIENTS;
            clients.add(Thread.startVirtualThread(() -> ask(begin, own)));
        }
    }

    private void ask(long begin, List<Long> own) {
        var due = begin;
        Connection connection = null;
        for (var i = 0; !closed; i++) {
            LockSupport.parkNanos(Math.max(0, due - System.nanoTime()));
            try {
                if (connection == null) {
                    connection = new Connection(gateway, tls ? host : "");
                }
                var isLast = connection.exchange(i % 2 == 0 ? get() : post());
                own.add(System.nanoTime() - due);
                tally.done("requests");
                if (isLast) {
                    connection.close();
                    connection = null;
                }
            } catch (IOException | GeneralSecurityException e) {
                tally.failed("requests", e.getMessage());
                if (connection != null) {
                    connection.close();
                    connection = null;
                }
            }
            due += pause.toNanos();
        }
        if (connection != null) {
            connection.close();
        }
    }

    private String get() {
        return "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
    }

    private String post() {
        return "POST " + path + " HTTP/1.1\r\nHost: " + host + "\r\nContent-Length: " + BODY.length() + "\r\n\r\n"
                + BODY;
    }

    /** Waits until there have been so many, whatever came of them. */
    public void awaitCount(long requests) throws InterruptedException {
        while (tally.count() + tally.failures() < requests) {
            Thread.sleep(100);
        }
    }

    public Tally tally() {
        return tally;
    }

    /** Of all latencies so far, in milliseconds; call it once it is closed. */
    public double percentile(double share) {
        var all = latencies.stream()
                .flatMap(List::stream)
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        return all.length == 0 ? 0 : all[(int) Math.min(all.length - 1, all.length * share)] / 1e6;
    }

    @Override
    public void close() {
        closed = true;
        for (var client : clients) {
            try {
                client.join(Duration.ofSeconds(20));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final class Connection {
        private final Socket socket;
        private final InputStream in;

        Connection(InetSocketAddress gateway, String serverName) throws IOException, GeneralSecurityException {
            if (serverName.isEmpty()) {
                socket = new Socket();
                socket.connect(gateway, 15_000);
            } else {
                socket = TlsClient.connect(gateway.getAddress().getHostAddress(), gateway.getPort(), serverName);
            }
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(15_000);
            in = new BufferedInputStream(socket.getInputStream());
        }

        /** Whether it was the last one of this connection. */
        boolean exchange(String request) throws IOException {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                var next = in.read();
                if (next < 0) {
                    throw new IOException("closed after " + head.length() + " bytes of a head");
                }
                head.append((char) next);
            }
            var fields = head.toString().toLowerCase(Locale.ROOT);
            var status = fields.substring(9, 12);
            var length = fields.lines()
                    .filter(line -> line.startsWith("content-length:"))
                    .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                    .findFirst()
                    .orElse(0);
            var body = in.readNBytes(length);
            if (body.length != length) {
                throw new IOException("a body was cut");
            }
            if (!isServed.test(Integer.parseInt(status))) {
                throw new IOException(request.substring(0, request.indexOf(' ')) + " was answered " + status + " "
                        + new String(body, StandardCharsets.US_ASCII).strip());
            }
            return fields.contains("connection: close");
        }

        void close() {
            try {
                socket.close();
            } catch (IOException _) {
                // it is of no more use
            }
        }
    }
}
