package dev.adit.observe.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Windows of time against a naive reading, which keeps every latency of every slot. */
class HistoryPropertyTest {
    private static final int SLOTS_OF_MINUTE = 6;
    private static final int SLOTS_OF_TEN = 60;
    private static final int TENS_OF_HOUR = 5;

    /** For each slot the latencies that were counted in it; most slots have none. */
    @Provide
    Arbitrary<List<List<Long>>> slots() {
        var latency = Arbitraries.longs().between(0, 40_000_000_000L);
        var some = latency.list().ofMinSize(1).ofMaxSize(5);
        return Arbitraries.frequencyOf(Tuple.of(3, Arbitraries.just(List.<Long>of())), Tuple.of(1, some))
                .list()
                .ofMinSize(1)
                .ofMaxSize(500);
    }

    @Property(tries = 200)
    void a_window_has_what_was_counted_in_it_and_nothing_else(@ForAll("slots") List<List<Long>> slots) {
        var tally = new Tally();
        var history = new History(0);
        for (var i = 0; i < slots.size(); i++) {
            slots.get(i).forEach(nanos -> tally.add(Outcome.SUCCESS, nanos));
            if (i < slots.size() - 1) { // the last one is not over
                history.turn(i, total(tally));
            }
        }
        var current = slots.size() - 1;
        check(history, tally, Window.MINUTE, slots, current - SLOTS_OF_MINUTE + 1);
        check(history, tally, Window.TEN_MINUTES, slots, (current / SLOTS_OF_MINUTE - 9) * SLOTS_OF_MINUTE);
        check(history, tally, Window.HOUR, slots, (current / SLOTS_OF_TEN - TENS_OF_HOUR) * SLOTS_OF_TEN);
    }

    private static void check(History history, Tally tally, Window window, List<List<Long>> slots, int first) {
        var from = Math.max(0, first);
        var expected = slots.subList(from, slots.size()).stream()
                .flatMap(List::stream)
                .sorted()
                .toList();
        var signals = history.signals(window, total(tally), 3);
        assertThat(signals.requests()).isEqualTo(expected.size());
        assertThat(signals.seconds()).isEqualTo((slots.size() - 1 - from) * 10 + 3);
        if (!expected.isEmpty()) {
            near(signals.p50(), expected.get((int) Math.ceil(0.5 * expected.size()) - 1));
            near(signals.p99(), expected.get((int) Math.ceil(0.99 * expected.size()) - 1));
        }
    }

    private static void near(long quantile, long exact) {
        var least = 1L << 17;
        var most = 1L << 35;
        if (exact < least) {
            assertThat(quantile).isLessThan(least);
        } else if (exact >= most) {
            assertThat(quantile).isEqualTo(most);
        } else {
            assertThat((double) quantile / exact).isBetween(0.88, 1.125);
        }
    }

    private static int[] total(Tally tally) {
        var total = new int[Tally.SIZE];
        tally.addTo(total);
        return total;
    }

    @Property
    void a_slot_gives_back_what_was_put_into_it(@ForAll("counts") int[] counts) {
        var read = new long[Tally.SIZE];
        Slot.of(counts).addTo(read);
        assertThat(read)
                .isEqualTo(
                        Arrays.stream(counts).mapToLong(Integer::toUnsignedLong).toArray());
    }

    @Provide
    Arbitrary<int[]> counts() {
        return Arbitraries.integers().array(int[].class).ofSize(Tally.SIZE);
    }
}
