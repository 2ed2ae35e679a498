package dev.adit.exchange;

/**
 * How many requests may be sent a second time, so that endpoints which fail are not given more to do: one for each five
 * of the last ones, and ten a second beside.
 */
final class RetryBudget {
    private static final double SHARE = 0.2;
    private static final double PER_NANO = 10 / 1e9;
    private static final double MOST = 100;

    private double left = MOST;
    private long refilledAt;

    RetryBudget(long now) {
        refilledAt = now;
    }

    /** A request has come, and brings its share. */
    void deposit() {
        left = Math.min(MOST, left + SHARE);
    }

    /** Whether one more may be sent again. */
    boolean withdraw(long now) {
        left = Math.min(MOST, left + (now - refilledAt) * PER_NANO);
        refilledAt = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
