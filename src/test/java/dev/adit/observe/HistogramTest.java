package dev.adit.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class HistogramTest {
    private static final long[] BOUNDS = {10, 20, 50};

    @Property
    void a_bucket_has_the_values_up_to_its_bound_whoever_counted_them(
            @ForAll List<@LongRange(max = 60) Long> some, @ForAll List<@LongRange(max = 60) Long> others) {
        var sum = new Histogram.Sum(BOUNDS);
        for (var values : List.of(some, others)) {
            var part = new Histogram(BOUNDS);
            values.forEach(part::add);
            sum.add(part);
        }
        for (var i = 0; i < BOUNDS.length; i++) {
            var bound = BOUNDS[i];
            assertThat(sum.upTo(i))
                    .isEqualTo(some.stream().filter(value -> value <= bound).count()
                            + others.stream().filter(value -> value <= bound).count());
        }
        assertThat(sum.count()).isEqualTo(some.size() + others.size());
        assertThat(sum.total())
                .isEqualTo(some.stream().mapToLong(value -> value).sum()
                        + others.stream().mapToLong(value -> value).sum());
    }
}
