package dev.adit.inquiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KnownRepliesTest {
    private static final Reply OK = new Reply(200, Map.of("x-user", List.of("ann")));

    private final AtomicLong clock = new AtomicLong();
    private final KnownReplies known = new KnownReplies(clock::get);

    @Test
    void a_reply_is_good_for_as_long_as_it_was_said_to_be() {
        known.add("a", OK, Duration.ofSeconds(5));
        clock.addAndGet(Duration.ofSeconds(5).toNanos() - 1);
        assertThat(known.get("a")).contains(OK);
        clock.incrementAndGet();
        assertThat(known.get("a")).isEmpty();
    }

    @Test
    void a_reply_for_one_client_is_not_kept() {
        known.add("cookie", new Reply(200, Map.of("set-cookie", List.of("a=b"))), Duration.ofMinutes(1));
        known.add("private", new Reply(200, Map.of("cache-control", List.of("Private"))), Duration.ofMinutes(1));
        known.add("large", new Reply(200, Map.of("x", List.of("y".repeat(5_000)))), Duration.ofMinutes(1));
        known.add("vary", new Reply(200, Map.of("vary", List.of("Cookie"))), Duration.ofMinutes(1));
        known.add("stale", new Reply(200, Map.of("cache-control", List.of("max-age=0"))), Duration.ofMinutes(1));
        known.add("short", new Reply(200, Map.of("cache-control", List.of("max-age=5"))), Duration.ofMinutes(1));
        assertThat(known.get("vary")).isEmpty();
        assertThat(known.get("stale")).isEmpty();
        assertThat(known.get("short")).isPresent();
        clock.addAndGet(Duration.ofSeconds(5).toNanos());
        assertThat(known.get("short")).isEmpty();
        assertThat(known.get("cookie")).isEmpty();
        assertThat(known.get("private")).isEmpty();
        assertThat(known.get("large")).isEmpty();
    }

    @Test
    void the_one_that_nobody_asks_for_is_forgotten_first() {
        known.add("asked", OK, Duration.ofMinutes(1));
        known.add("idle", OK, Duration.ofMinutes(1));
        for (var i = 0; i < 9_999; i++) {
            assertThat(known.get("asked")).isPresent();
            known.add("other " + i, OK, Duration.ofMinutes(1));
        }
        assertThat(known.get("asked")).isPresent();
        assertThat(known.get("idle")).isEmpty();
    }
}
