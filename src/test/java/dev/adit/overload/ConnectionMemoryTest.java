package dev.adit.overload;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

class ConnectionMemoryTest {
    private static final int HALF_A_FRAME = 100;

    private final MemoryBudget budget = new MemoryBudget(1_000, Runnable::run, System::nanoTime);
    private final ConnectionMemory memory =
            new ConnectionMemory(budget, () -> new Owner("192.0.2.1", new Object()), () -> HALF_A_FRAME, () -> {});
    private final EmbeddedChannel channel = new EmbeddedChannel(memory);

    @Test
    void what_has_come_in_part_is_held() {
        channel.pipeline().fireChannelReadComplete();
        assertThat(budget.total()).isEqualTo(HALF_A_FRAME);
    }

    @Test
    void a_connection_that_ends_within_a_frame_leaves_nothing_behind() {
        var context = channel.pipeline().context(memory);
        var _ = channel.close();
        // As epoll does: who ends a connection while it is read hears of the end of what was read after it.
        memory.channelReadComplete(context);
        memory.flush(context);
        assertThat(budget.total()).isZero();
    }
}
