package dev.adit.supervision;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A daemon thread that does the same thing over and over until it is closed. No {@link Throwable} ends it: a stack that
 * overflows or memory that runs out in one turn is no reason why there should not be another one.
 */
public final class Supervised implements AutoCloseable {
    // Numbers, since what happens after a failure allocates nothing.
    private static final long SHORTEST = Duration.ofSeconds(1).toNanos();
    private static final long LONGEST = Duration.ofSeconds(30).toNanos();

    private final Turn turn;
    private final Failures failures;
    private final Thread thread;
    private final long shortest;
    private volatile boolean closed;

    /** What is done once in a while; it waits by itself until there is something to do. */
    @FunctionalInterface
    public interface Turn {
        void run() throws Exception;
    }

    /**
     * A thread that is not started yet.
     *
     * @param name of the thread, by which failures are told
     */
    public Supervised(String name, Turn turn) {
        this(name, turn, Duration.ofNanos(SHORTEST));
    }

    Supervised(String name, Turn turn, Duration shortest) {
        this.turn = turn;
        this.shortest = shortest.toNanos();
        this.failures = new Failures(name);
        this.thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** False before the start and after the end. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** Interrupts the turn that is running; there is no other one. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    /** Once more around what is here itself: to catch what was thrown may take memory that is not there. */
    private void run() {
        while (!closed) {
            try {
                turns();
            } catch (Throwable _) {
                LockSupport.parkNanos(shortest);
            }
        }
    }

    private void turns() {
        var pause = shortest;
        while (!closed) {
            try {
                turn.run();
                pause = shortest;
                failures.passed();
            } catch (InterruptedException _) {
                // Only close() interrupts; otherwise it was meant for something that the turn waited for.
            } catch (Throwable e) {
                if (closed) {
                    return; // what it waited for may have been closed too
                }
                failures.failed(e);
                pause(pause);
                pause = Math.min(pause * 2, LONGEST);
            }
        }
    }

    /** So that what fails each time leaves the processor to others. */
    private void pause(long pause) {
        var end = System.nanoTime() + pause;
        for (var left = pause; left > 0 && !closed; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            var _ = Thread.interrupted(); // else it would not wait any more
        }
    }
}
