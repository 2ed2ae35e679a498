package dev.adit.exchange;

import dev.adit.overload.MemoryBudget;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/** Reads from endpoints as much at once as Netty would, but no more than one slow client may hold at this moment. */
final class PacedReads extends AdaptiveRecvByteBufAllocator {
    private final MemoryBudget memory;

    PacedReads(MemoryBudget memory) {
        this.memory = memory;
    }

    @Override
    @SuppressWarnings("deprecation") // Netty calls it so, and no other
    public Handle newHandle() {
        return new Paced((ExtendedHandle) super.newHandle());
    }

    private final class Paced extends DelegatingHandle implements RecvByteBufAllocator.ExtendedHandle {
        private final ExtendedHandle adaptive;

        Paced(ExtendedHandle adaptive) {
            super(adaptive);
            this.adaptive = adaptive;
        }

        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
            return allocator.ioBuffer(guess());
        }

        @Override
        public int guess() {
            return Math.min(super.guess(), memory.allowance());
        }

        @Override
        public boolean continueReading(UncheckedBooleanSupplier mayHaveMore) {
            return adaptive.continueReading(mayHaveMore);
        }
    }
}
