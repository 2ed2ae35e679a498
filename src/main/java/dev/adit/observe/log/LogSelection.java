package dev.adit.observe.log;

import dev.adit.observe.Finished;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which requests are written.
 *
 * @param statuses those with one of these; of a request without a status, all are
 * @param slow those that took as long as this, whatever their status
 * @param oneOf so many of these is written
 */
public record LogSelection(List<Statuses> statuses, Optional<Duration> slow, int oneOf) {
    /** Every request. */
    public static final LogSelection ALL = new LogSelection(List.of(), Optional.empty(), 1);

    public LogSelection {
        statuses = List.copyOf(statuses);
        if (oneOf < 1) {
            throw new IllegalArgumentException("one of " + oneOf);
        }
    }

    /** Some statuses, the last one among them. */
    public record Statuses(int first, int last) {}

    boolean has(Finished request) {
        if (statuses.isEmpty() && slow.isEmpty()) {
            return true;
        }
        if (slow.isPresent() && request.nanos() >= slow.get().toNanos()) {
            return true;
        }
        var status = request.status();
        for (var one : statuses) {
            if (status == Finished.NO_STATUS || (status >= one.first() && status <= one.last())) {
                return true;
            }
        }
        return false;
    }
}
