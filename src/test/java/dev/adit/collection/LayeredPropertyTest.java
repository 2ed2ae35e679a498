package dev.adit.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class LayeredPropertyTest {
    private static final int KEYS = 400;

    @Property(tries = 500)
    void it_holds_what_a_map_holds_that_is_changed_alike(@ForAll("changes") List<Map<Integer, Optional<String>>> all) {
        var map = new HashMap<Integer, String>();
        IntStream.range(0, KEYS / 2).forEach(key -> map.put(key, "base"));
        var layered = Layered.of(map);
        for (var changes : all) {
            var before = layered;
            layered = layered.with(changes);
            changes.forEach((key, value) -> value.ifPresentOrElse(v -> map.put(key, v), () -> map.remove(key)));
            assertThat(layered.toMap()).isEqualTo(map);
            assertThat(layered.size()).isEqualTo(map.size());
            assertThat(layered.isEmpty()).isEqualTo(map.isEmpty());
            assertThat(List.copyOf(layered.values())).hasSameElementsAs(map.values());
            for (var key = 0; key < KEYS; key++) {
                assertThat(layered.get(key)).isEqualTo(map.get(key));
            }
            assertThat(before.with(before.changesTo(layered, changes.keySet()))).isEqualTo(layered);
            var added = added(before.toMap(), map);
            assertThat(before.newIn(layered)).containsAll(added);
            var gone = before.entries()
                    .filter(entry -> !map.containsKey(entry.getKey()))
                    .map(Map.Entry::getValue);
            assertThat(before.goneIn(layered)).containsExactlyInAnyOrderElementsOf(gone.toList());
        }
    }

    @Property(tries = 50)
    void what_it_was_made_from_stays_as_it_was(@ForAll("changes") List<Map<Integer, Optional<String>>> all) {
        var base = Layered.of(Map.of(0, "base"));
        var layered = base;
        for (var changes : all) {
            var before = layered.toMap();
            var made = layered.with(changes);
            assertThat(layered.toMap()).isEqualTo(before);
            layered = made;
        }
        assertThat(base.toMap()).isEqualTo(Map.of(0, "base"));
    }

    private static Set<String> added(Map<Integer, String> before, Map<Integer, String> now) {
        return now.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
    }

    @Provide
    Arbitrary<List<Map<Integer, Optional<String>>>> changes() {
        var value = Arbitraries.of("a", "b", "c").optional(0.7);
        return Arbitraries.maps(Arbitraries.integers().between(0, KEYS - 1), value)
                .ofMaxSize(60)
                .list()
                .ofMaxSize(12);
    }
}
