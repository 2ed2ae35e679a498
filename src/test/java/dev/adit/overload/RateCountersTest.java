package dev.adit.overload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.overload.RateCounters.Rate;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RateCountersTest {
    private final AtomicLong now = new AtomicLong();
    private final RateCounters counters = new RateCounters(now::get);

    @Test
    void a_client_may_make_its_burst_and_one_request_at_once() {
        assertThat(passed("a", 20, Rate.perSecond(1, 5))).isEqualTo(6);
        now.addAndGet(1_000);
        assertThat(passed("a", 20, Rate.perSecond(1, 5))).isEqualTo(1);
        now.addAndGet(60_000);
        assertThat(passed("a", 20, Rate.perSecond(1, 5))).isEqualTo(6);
    }

    @Test
    void each_client_and_each_zone_has_a_bucket_of_its_own() {
        assertThat(passed("a", 9, Rate.perMinute(1, 2))).isEqualTo(3);
        assertThat(passed("b", 9, Rate.perMinute(1, 2))).isEqualTo(3);
        assertThat(counters.count("other", "a", List.of(Rate.perMinute(1, 2)))).isTrue();
    }

    @Test
    void what_one_rate_refuses_is_counted_by_none() {
        var second = Rate.perSecond(1, 1);
        var minute = Rate.perMinute(100, 1);
        for (var i = 0; i < 1_000; i++) {
            counters.count("zone", "a", List.of(second, minute));
        }
        now.addAndGet(2_000);
        assertThat(counters.count("zone", "a", List.of(second, minute))).isTrue();
    }

    @Property
    void never_more_pass_than_have_leaked_and_fit(
            @ForAll @Size(min = 1, max = 200) List<@IntRange(max = 3_000) Integer> pauses,
            @ForAll @IntRange(min = 1, max = 20) int rate,
            @ForAll @IntRange(min = 1, max = 10) int burst) {
        var clock = new AtomicLong();
        var fresh = new RateCounters(clock::get);
        var passed = 0L;
        for (var pause : pauses) {
            clock.addAndGet(pause);
            passed += fresh.count("zone", "a", List.of(Rate.perSecond(rate, burst))) ? 1 : 0;
        }
        assertThat(passed).isLessThanOrEqualTo(1 + (long) rate * burst + clock.get() * rate / 1_000 + 1);
    }

    private int passed(String client, int requests, Rate rate) {
        var passed = 0;
        for (var i = 0; i < requests; i++) {
            passed += counters.count("zone", client, List.of(rate)) ? 1 : 0;
        }
        return passed;
    }
}
