package dev.adit.downstream.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A side that does not read costs bounded memory, and the other one waits for it. */
class BackPressureTest {
    private static final String GET = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    private final RunningProxy proxy = new RunningProxy();

    @AfterEach
    void close() throws Exception {
        proxy.close();
    }

    @Test
    void a_client_that_does_not_read_stops_the_upstream_from_sending() throws Exception {
        var sent = new AtomicLong();
        try (var origin = new RawOrigin((_, socket) -> {
            var out = socket.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 4000000000\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            for (var block = new byte[65_536]; ; sent.addAndGet(block.length)) {
                out.write(block);
            }
        })) {
            proxy.route(origin.port());
            try (var client = new RawClient(proxy.http())) {
                client.send(GET);
                client.readHead();
                settles(sent);
                assertThat(sent.get()).isPositive().isLessThan(64_000_000);
                // And goes on as soon as it reads.
                var before = sent.get();
                client.read(32_000_000);
                await().until(() -> sent.get() > before);
            }
        }
    }

    @Test
    void an_upstream_that_does_not_read_stops_the_client_from_sending() throws Exception {
        var sent = new AtomicLong();
        var done = new CountDownLatch(1);
        try (var origin = new RawOrigin((_, _) -> hold(done))) {
            proxy.route(origin.port());
            try (var client = new RawClient(proxy.http())) {
                client.send("POST / HTTP/1.1\r\nHost: a.test\r\nContent-Length: 4000000000\r\n\r\n");
                origin.head();
                var block = "x".repeat(65_536);
                Thread.ofVirtual().start(() -> {
                    try {
                        while (true) {
                            client.send(block);
                            sent.addAndGet(block.length());
                        }
                    } catch (IOException _) {
                        // The test is over.
                    }
                });
                settles(sent);
                assertThat(sent.get()).isPositive().isLessThan(64_000_000);
            } finally {
                done.countDown();
            }
        }
    }

    /** Waits until nothing more has been sent for a while. */
    private static void settles(AtomicLong sent) {
        var last = new AtomicLong(-1);
        await().pollInterval(500, TimeUnit.MILLISECONDS)
                .atMost(30, TimeUnit.SECONDS)
                .until(() -> {
                    var now = sent.get();
                    return last.getAndSet(now) == now && now > 0;
                });
    }

    private static void hold(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
