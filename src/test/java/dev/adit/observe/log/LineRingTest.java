package dev.adit.observe.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LineRingTest {
    private static final int CAPACITY = 64;

    private static void add(LineRing ring, String line) {
        ring.add(line.getBytes(US_ASCII), line.length());
    }

    private static String drained(LineRing ring) throws IOException {
        var out = new ByteArrayOutputStream();
        ring.drainTo(out);
        return out.toString(US_ASCII);
    }

    /** A negative number takes what is there, and any other one adds a line of that length. */
    @Property
    void a_line_comes_out_whole_and_in_its_place_or_is_counted_as_lost(
            @ForAll @Size(max = 60) List<@IntRange(min = -20, max = 70) Integer> steps) throws IOException {
        var ring = new LineRing(CAPACITY);
        var expected = new StringBuilder();
        var taken = new StringBuilder();
        var waiting = 0;
        var lost = 0L;
        for (var step : steps) {
            if (step < 0) {
                taken.append(drained(ring));
                waiting = 0;
            } else {
                var line = String.valueOf((char) ('a' + step % 26)).repeat(step);
                if (waiting + step + 1 <= CAPACITY) {
                    expected.append(line).append('\n');
                    waiting += step + 1;
                } else {
                    lost++;
                }
                add(ring, line);
            }
        }
        taken.append(drained(ring));
        assertThat(taken).hasToString(expected.toString());
        assertThat(ring.dropped()).isEqualTo(lost);
        assertThat(ring.lines())
                .isEqualTo(expected.chars().filter(c -> c == '\n').count());
    }

    @Test
    void two_threads_need_not_wait_for_each_other() throws Exception {
        var ring = new LineRing(CAPACITY);
        var count = 200_000;
        var writing = Thread.ofPlatform().start(() -> {
            for (var i = 0; i < count; i++) {
                add(ring, Integer.toString(i));
            }
        });
        var out = new ByteArrayOutputStream();
        while (writing.isAlive()) {
            ring.drainTo(out);
        }
        ring.drainTo(out);
        var numbers = new ArrayList<Integer>();
        out.toString(US_ASCII).lines().map(Integer::valueOf).forEach(numbers::add);
        assertThat(numbers).isSorted().doesNotHaveDuplicates().isNotEmpty();
        assertThat(numbers.size() + ring.dropped()).isEqualTo(count);
        assertThat(ring.lines()).isEqualTo(numbers.size());
    }

    @Test
    void what_cannot_be_written_is_not_in_the_way_of_what_comes() throws IOException {
        var ring = new LineRing(CAPACITY);
        add(ring, "lost");
        assertThatThrownBy(() -> ring.drainTo(new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("no space");
                    }
                }))
                .hasMessage("no space");
        add(ring, "kept");
        assertThat(drained(ring)).isEqualTo("kept\n");
    }
}
