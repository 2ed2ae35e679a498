package dev.adit.downstream.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FrameGuardTest {
    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
    private static final byte[] PING = {0, 0, 8, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

    private final AtomicInteger reads = new AtomicInteger();
    private final EmbeddedChannel channel = new EmbeddedChannel(
            new ChannelOutboundHandlerAdapter() {
                @Override
                public void read(ChannelHandlerContext context) {
                    reads.incrementAndGet();
                    context.read();
                }
            },
            new FrameGuard());

    @Test
    void a_connection_of_many_small_frames_is_not_read_on_in_the_same_turn_whoever_asks() {
        var before = reads.get();
        receive(300);
        channel.pipeline().read(); // and not the channel's, which would do the tasks of the next turn
        assertThat(channel.config().isAutoRead()).isFalse();
        assertThat(reads).hasValue(before);
        channel.runScheduledPendingTasks();
        assertThat(channel.config().isAutoRead()).isTrue();
        assertThat(reads).hasValueGreaterThan(before);
        channel.finishAndReleaseAll();
    }

    @Test
    void what_came_with_too_many_frames_for_one_turn_is_passed_on_in_the_next_ones_in_order() {
        receive(600);
        assertThat(passed()).isEqualTo(256);
        channel.pipeline().fireChannelRead(Unpooled.wrappedBuffer(PING)); // as TLS does, which decrypts all at once
        assertThat(passed()).isEqualTo(256);
        channel.runScheduledPendingTasks();
        assertThat(passed()).isBetween(512, 601);
        channel.runScheduledPendingTasks();
        assertThat(passed()).isEqualTo(601);
        assertThat(channel.config().isAutoRead()).isTrue();
        channel.finishAndReleaseAll();
    }

    @Test
    void what_waits_for_the_next_turn_is_released_with_its_connection() {
        var bytes = receive(600);
        channel.finishAndReleaseAll();
        assertThat(bytes.refCnt()).isZero();
    }

    @Test
    void a_connection_of_few_frames_is_read_on() {
        receive(100);
        assertThat(channel.config().isAutoRead()).isTrue();
        channel.finishAndReleaseAll();
    }

    /** How many frames have been passed on behind the preface. */
    private int passed() {
        var bytes = channel.inboundMessages().stream()
                .mapToInt(message -> ((ByteBuf) message).readableBytes())
                .sum();
        return (bytes - PREFACE.length) / PING.length;
    }

    private ByteBuf receive(int pings) {
        var bytes = Unpooled.buffer().writeBytes(PREFACE);
        for (var i = 0; i < pings; i++) {
            bytes.writeBytes(PING);
        }
        channel.pipeline().fireChannelRead(bytes);
        return bytes;
    }
}
