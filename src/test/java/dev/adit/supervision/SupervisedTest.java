package dev.adit.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SupervisedTest {
    private final AtomicInteger turns = new AtomicInteger();

    @Test
    void nothing_that_a_turn_throws_keeps_the_next_one_from_coming() {
        var thrown = List.of(new StackOverflowError(), new OutOfMemoryError(), new AssertionError("by chance"));
        try (var thread = supervised(() -> {
            var turn = turns.getAndIncrement();
            if (turn < thrown.size()) {
                throw thrown.get(turn);
            }
            TimeUnit.MILLISECONDS.sleep(1);
        })) {
            await().until(() -> turns.get() > thrown.size() + 1);
            assertThat(thread.isAlive()).isTrue();
        }
    }

    @Test
    void what_fails_each_time_pauses_longer_and_longer() {
        try (var thread = supervised(() -> {
            turns.incrementAndGet();
            throw new IllegalStateException("each time");
        })) {
            await().until(() -> turns.get() >= 4);
            assertThat(thread.isAlive()).isTrue();
            assertThat(turns).hasValueLessThan(100);
        }
    }

    @Test
    void closing_ends_a_turn_that_waits_and_one_that_has_failed() {
        var waits = new CountDownLatch(1);
        var waiting = supervised(() -> {
            waits.countDown();
            TimeUnit.HOURS.sleep(1);
        });
        var failing = new Supervised(
                "failing",
                () -> {
                    throw new IllegalStateException("each time");
                },
                Duration.ofHours(1));
        failing.start();
        await().until(() -> waits.getCount() == 0);
        waiting.close();
        failing.close();
        await().until(() -> !waiting.isAlive() && !failing.isAlive());
    }

    @Test
    void a_timer_goes_on_after_a_task_has_failed() {
        try (var timer = Executors.newSingleThreadScheduledExecutor()) {
            var task = Tasks.guarded("task", () -> {
                turns.incrementAndGet();
                throw new StackOverflowError();
            });
            var _ = timer.scheduleWithFixedDelay(task, 0, 1, TimeUnit.MILLISECONDS);
            await().until(() -> turns.get() >= 3);
            timer.shutdownNow();
        }
    }

    private static Supervised supervised(Supervised.Turn turn) {
        var thread = new Supervised("turns", turn, Duration.ofMillis(5));
        thread.start();
        return thread;
    }
}
