package dev.adit.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
    private final RetryBudget budget = new RetryBudget(0);
    private long now;

    @Test
    void after_a_hundred_retries_at_once_one_comes_for_five_requests() {
        assertThat(retries(1_000)).isEqualTo(100);
        for (var i = 0; i < 50; i++) {
            budget.deposit();
        }
        assertThat(retries(1_000)).isBetween(9, 10);
    }

    @Test
    void ten_a_second_are_always_there() {
        retries(1_000);
        now += Duration.ofSeconds(2).toNanos();
        assertThat(retries(1_000)).isEqualTo(20);
    }

    private int retries(int tries) {
        var allowed = 0;
        for (var i = 0; i < tries; i++) {
            allowed += budget.withdraw(now) ? 1 : 0;
        }
        return allowed;
    }
}
