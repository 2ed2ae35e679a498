package dev.adit.downstream.listener;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.routing.upstream.UpstreamProtocol;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RunningProxy;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** How a stream to an endpoint of HTTP/2 ends before its time (RFC 9113 §5.1). */
class UpstreamResetTest {
    private static final int PREFACE = 24;
    private static final int HEADERS = 1;
    private static final int RST_STREAM = 3;
    private static final byte[] SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};

    private record Frame(int type, int stream) {}

    @Test
    void what_waited_for_a_flush_does_not_follow_the_reset() throws Exception {
        try (var server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            var head = new CountDownLatch(1);
            var reset = new CountDownLatch(1);
            var frames = CompletableFuture.supplyAsync(() -> frames(server, Map.of(HEADERS, head, RST_STREAM, reset)));
            try (var proxy = new RunningProxy()) {
                proxy.route(UpstreamProtocol.H2C, server.getLocalPort());
                try (var client = new RawClient(proxy.http())) {
                    client.send("POST / HTTP/1.1\r\nHost: a.test\r\nTransfer-Encoding: chunked\r\n\r\n");
                    assertThat(head.await(20, TimeUnit.SECONDS)).isTrue();
                    client.send("3\r\nabc\r\nno size\r\n");
                    assertThat(reset.await(20, TimeUnit.SECONDS)).isTrue();
                }
            }
            var seen = frames.get(20, TimeUnit.SECONDS);
            assertThat(seen.subList(seen.indexOf(new Frame(RST_STREAM, 3)), seen.size()))
                    .noneMatch(frame -> frame.stream() == 3 && frame.type() != RST_STREAM);
        }
    }

    /** All those of one connection, until it ends. */
    private static List<Frame> frames(ServerSocket server, Map<Integer, CountDownLatch> awaited) {
        var frames = new ArrayList<Frame>();
        try (var connection = server.accept()) {
            var in = new DataInputStream(connection.getInputStream());
            in.skipNBytes(PREFACE);
            connection.getOutputStream().write(SETTINGS);
            while (true) {
                var length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                var type = in.readUnsignedByte();
                in.skipNBytes(1);
                frames.add(new Frame(type, in.readInt()));
                in.skipNBytes(length);
                var latch = awaited.get(type);
                if (latch != null) {
                    latch.countDown();
                }
            }
        } catch (IOException _) {
            return frames;
        }
    }
}
