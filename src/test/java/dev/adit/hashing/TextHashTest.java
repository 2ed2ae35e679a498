package dev.adit.hashing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.kube.ObjectKey;
import dev.adit.routing.Hostname;
import dev.adit.routing.PathMatch;
import dev.adit.routing.upstream.UpstreamId;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TextHashTest {
    private static final int COUNT = 1 << 14;

    static Stream<Function<String, Object>> keys() {
        return Stream.of(
                TextHash::of,
                Hostname.Exact::new,
                Hostname.Wildcard::new,
                text -> new PathMatch.Exact("/" + text),
                text -> new PathMatch.Prefix("/" + text),
                text -> new ObjectKey("ns", text),
                text -> new ObjectKey(text, "name"),
                text -> new UpstreamId("ns", text, "", 80),
                text -> new UpstreamId(text, "web", "", 80));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void names_that_are_made_to_have_equal_hashes_have_not(Function<String, Object> key) {
        assertThat(texts("c0", "an").map(String::hashCode).distinct()).hasSize(1);
        // By chance as few as there are ways to have two of them.
        assertThat(texts("c0", "an").map(key).map(Object::hashCode).distinct().count())
                .isGreaterThan(COUNT - 100);
    }

    @Test
    void no_power_of_two_helps() {
        // The sequence of Thue and Morse: equal for any odd point, were the numbers those below 2^32.
        var one = new StringBuilder();
        var two = new StringBuilder();
        for (var i = 0; i < 1 << 11; i++) {
            one.append(Integer.bitCount(i) % 2 == 0 ? 'a' : 'q');
            two.append(Integer.bitCount(i) % 2 == 0 ? 'q' : 'a');
        }
        assertThat(one.toString()).hasSameHashCodeAs(two.toString());
        assertThat(TextHash.of(one.toString())).isNotEqualTo(TextHash.of(two.toString()));
    }

    @Test
    void where_one_text_ends_and_the_next_begins_matters() {
        assertThat(TextHash.of("ab", "c")).isNotEqualTo(TextHash.of("a", "bc"));
        assertThat(TextHash.of("", "a")).isNotEqualTo(TextHash.of("a", ""));
        assertThat(TextHash.of("\0")).isNotEqualTo(TextHash.of("\0\0"));
        assertThat(new Hostname.Exact("a.test")).hasSameHashCodeAs(new Hostname.Exact("a." + "test"));
    }

    private static Stream<String> texts(String zero, String one) {
        return IntStream.range(0, COUNT).mapToObj(i -> {
            var text = new StringBuilder();
            for (var bit = 1; bit < COUNT; bit <<= 1) {
                text.append((i & bit) == 0 ? zero : one);
            }
            return text.toString();
        });
    }
}
