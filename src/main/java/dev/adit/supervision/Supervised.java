package dev.adit.supervision;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A daemon thread that does the same thing over and over until it is closed. No {@link Throwable} ends it: a stack that
 * overflows or memory that runs out in one turn is no reason why there should not be another one.
 */
public final class Supervised implements AutoCloseable {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Turn turn;
    private final Failures failures;
    private final Thread thread;
    private final Duration shortest;
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
        this(name, turn, SHORTEST);
    }

    Supervised(String name, Turn turn, Duration shortest) {
        this.turn = turn;
        this.shortest = shortest;
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

    private void run() {
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
                pause = pause.multipliedBy(2).compareTo(LONGEST) < 0 ? pause.multipliedBy(2) : LONGEST;
            }
        }
    }

    /** So that what fails each time leaves the processor to others. Allocates nothing, for there may be no memory. */
    private void pause(Duration pause) {
        var end = System.nanoTime() + pause.toNanos();
        for (var left = pause.toNanos(); left > 0 && !closed; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted() && closed) {
                return;
            }
        }
    }
}
