package dev.adit.observe.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.observe.trace.Parent.Format;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParentTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";

    private static @Nullable Parent parent(Map<String, String> fields) {
        return Parent.of(fields::get);
    }

    @Test
    void a_traceparent_says_the_trace_the_span_and_the_decision() {
        assertThat(parent(Map.of("traceparent", "00-" + TRACE + "-" + SPAN + "-01")))
                .isEqualTo(new Parent(Set.of(Format.W3C), TRACE, SPAN, true));
        assertThat(parent(Map.of("traceparent", "00-" + TRACE + "-" + SPAN + "-00")))
                .isEqualTo(new Parent(Set.of(Format.W3C), TRACE, SPAN, false));
        assertThat(parent(Map.of("traceparent", "cc-" + TRACE + "-" + SPAN + "-01-later")))
                .isEqualTo(new Parent(Set.of(Format.W3C), TRACE, SPAN, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x",
                "00_4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7_01"
            })
    void a_traceparent_that_is_not_valid_counts_as_missing(String text) {
        assertThat(parent(Map.of("traceparent", text))).isNull();
    }

    @Test
    void b3_is_read_from_one_field_or_from_several() {
        assertThat(parent(Map.of("b3", TRACE + "-" + SPAN + "-1-05e3ac9a4f6e3b90")))
                .isEqualTo(new Parent(Set.of(Format.B3_SINGLE), TRACE, SPAN, true));
        assertThat(parent(Map.of("b3", TRACE + "-" + SPAN)))
                .isEqualTo(new Parent(Set.of(Format.B3_SINGLE), TRACE, SPAN, null));
        assertThat(parent(Map.of("b3", "0"))).isEqualTo(new Parent(Set.of(Format.B3_SINGLE), "", "", false));
        assertThat(parent(Map.of("x-b3-traceid", SPAN, "x-b3-spanid", SPAN, "x-b3-sampled", "0")))
                .isEqualTo(new Parent(Set.of(Format.B3_MULTI), "0000000000000000" + SPAN, SPAN, false));
        assertThat(parent(Map.of("x-b3-traceid", TRACE, "x-b3-spanid", SPAN, "x-b3-flags", "1")))
                .isEqualTo(new Parent(Set.of(Format.B3_MULTI), TRACE, SPAN, true));
        assertThat(parent(Map.of("x-b3-sampled", "1"))).isEqualTo(new Parent(Set.of(Format.B3_MULTI), "", "", true));
    }

    @Test
    void w3c_goes_before_b3() {
        assertThat(parent(Map.of("traceparent", "00-" + TRACE + "-" + SPAN + "-00", "b3", "1")))
                .isEqualTo(new Parent(Set.of(Format.W3C, Format.B3_SINGLE), TRACE, SPAN, false));
    }

    @Property
    void nothing_that_a_client_writes_makes_it_fail(
            @ForAll @StringLength(max = 80) String traceparent, @ForAll @StringLength(max = 80) String b3) {
        var parent = parent(Map.of("traceparent", traceparent, "b3", b3, "x-b3-traceid", b3, "x-b3-spanid", b3));
        if (parent != null && !parent.traceId().isEmpty()) {
            assertThat(parent.context().isValid()).isTrue();
        }
    }
}
