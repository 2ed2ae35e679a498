package dev.adit.exchange;

import dev.adit.overload.MemoryBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelConfig;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/**
 * Reads from endpoints as much at once as Netty would, but no more than one slow client may hold at this moment, and little
 * where many endpoints send at once.
 */
final class PacedReads extends AdaptiveRecvByteBufAllocator {
    private static final int A_LITTLE = 8_192;

    private final MemoryBudget memory;
    private final ReadTurn turn;

    PacedReads(MemoryBudget memory, ReadTurn turn) {
        this.memory = memory;
        this.turn = turn;
    }

    @Override
    @SuppressWarnings("deprecation") // Netty calls it so, and no other
    public Handle newHandle() {
        return new Paced((ExtendedHandle) super.newHandle());
    }

    private final class Paced extends DelegatingHandle implements RecvByteBufAllocator.ExtendedHandle {
        private final ExtendedHandle adaptive;
        private boolean isCrowded;

        Paced(ExtendedHandle adaptive) {
            super(adaptive);
            this.adaptive = adaptive;
        }

        @Override
        public void reset(ChannelConfig config) {
            super.reset(config);
            isCrowded = turn.isCrowded();
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return allocator.ioBuffer(guess());
        }

        @Override
        public int guess() {
            var most = Math.min(super.guess(), memory.allowance());
            return isCrowded ? Math.min(most, A_LITTLE) : most;
        }

        @Override
        public boolean continueReading() {
            return !isCrowded && super.continueReading();
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier mayHaveMore) {
            return !isCrowded && adaptive.continueReading(mayHaveMore);
        }
    }
}
