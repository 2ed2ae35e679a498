package dev.adit.routing.upstream;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * When a request is sent to another endpoint. One that no endpoint can have seen always is; one with a body never is, since that is
 * not kept.
 *
 * @param tries how often it may be sent in all, at least once
 * @param onError whether it is sent again after an endpoint has broken off
 * @param onTimeout likewise after one has not answered in time
 * @param statuses likewise after one of these answers, of which the last is passed on
 * @param evenUnsafe whether that holds for POST, PATCH and LOCK, too
 * @param backoff how long to wait before it is sent again, after an endpoint has had it
 * @param within since when the request came it may be sent again; as long as it takes where it is empty
 */
public record Retries(
        int tries,
        boolean onError,
        boolean onTimeout,
        Set<Integer> statuses,
        boolean evenUnsafe,
        Duration backoff,
        Optional<Duration> within) {
    /** Only what no endpoint has seen. */
    public static final Retries UNSEEN = new Retries(3, false, false, Set.of(), false, Optional.empty());

    /** Without waiting. */
    public Retries(
            int tries,
            boolean onError,
            boolean onTimeout,
            Set<Integer> statuses,
            boolean evenUnsafe,
            Optional<Duration> within) {
        this(tries, onError, onTimeout, statuses, evenUnsafe, Duration.ZERO, within);
    }

    public Retries {
        statuses = Set.copyOf(statuses);
        if (tries < 1) {
            throw new IllegalArgumentException("a request is tried at least once");
        }
    }

    /** Empty where it says what holds for all. */
    @Override
    public String toString() {
        if (equals(UNSEEN)) {
            return "";
        }
        var on = (onError ? " error" : "")
                + (onTimeout ? " timeout" : "")
                + new TreeSet<>(statuses).stream().map(status -> " " + status).collect(Collectors.joining())
                + (evenUnsafe ? " even-unsafe" : "")
                + (backoff.isZero() ? "" : " after " + backoff.toMillis());
        return ", tries " + tries + (on.isEmpty() ? "" : " on" + on)
                + within.map(time -> " within " + time.toMillis()).orElse("");
    }
}
