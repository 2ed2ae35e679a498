package dev.adit.exchange;

import dev.adit.http.Refusal;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets the body of a response pass at a rate. As in nginx what the time since the request would have allowed is sent at once, and a second's
 * worth besides.
 */
final class ResponsePace {
    private static final Duration TURN = Duration.ofMillis(100);

    private final EventLoopContext loop;
    private final Exchange exchange;
    private final long bytesPerSecond;
    private final long after;
    private final Deque<HttpContent> waiting = new ArrayDeque<>();
    private long held;
    private long sent;
    private long heldSince;
    private @Nullable Future<?> turn;

    ResponsePace(EventLoopContext loop, Exchange exchange, long bytesPerSecond, long after) {
        this.loop = loop;
        this.exchange = exchange;
        this.bytesPerSecond = bytesPerSecond;
        this.after = after;
    }

    /** How many bytes wait. */
    long held() {
        return held;
    }

    /** Whether some wait, so that no more are wanted. */
    boolean isHolding() {
        return !waiting.isEmpty();
    }

    /** Since when, as of {@link System#nanoTime}. */
    long heldSince() {
        return heldSince;
    }

    /** A part that has come, which is handed on now or later. */
    void pass(HttpContent part, Consumer<HttpContent> to) {
        if (waiting.isEmpty()) {
            heldSince = System.nanoTime();
        }
        waiting.add(part);
        held += part.content().readableBytes();
        if (turn == null) {
            go(to);
        }
    }

    private void go(Consumer<HttpContent> to) {
        turn = null;
        for (var part = next(); part != null; part = next()) {
            to.accept(part);
        }
        if (isHolding()) {
            turn = loop.after(TURN, () -> turn(to));
        }
        exchange.responseHeld();
    }

    /** Nobody else hears of what goes wrong here. */
    private void turn(Consumer<HttpContent> to) {
        try {
            go(to);
            exchange.readComplete();
        } catch (RuntimeException | OutOfMemoryError _) {
            exchange.fail(Refusal.UPSTREAM_FAILED);
        }
    }

    /** As much as may be sent now; null for nothing. */
    private @Nullable HttpContent next() {
        var part = waiting.peek();
        var room = allowed() - sent;
        if (part == null || !exchange.takesMore()) {
            return null;
        }
        var size = part.content().readableBytes();
        if (size <= room) {
            waiting.poll();
            return counted(part, size);
        }
        return room <= 0 ? null : counted(new DefaultHttpContent(part.content().readRetainedSlice((int) room)), room);
    }

    private HttpContent counted(HttpContent part, long size) {
        sent += size;
        held -= size;
        return part;
    }

    private long allowed() {
        var seconds = (System.nanoTime() - exchange.startedAt()) / (double) TimeUnit.SECONDS.toNanos(1);
        return after + (long) (bytesPerSecond * (seconds + 1));
    }

    /** Nobody wants the rest. */
    void release() {
        if (turn != null) {
            turn.cancel(false);
        }
        waiting.forEach(HttpContent::release);
        waiting.clear();
        held = 0;
    }
}
