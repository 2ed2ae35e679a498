package dev.adit.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class MultimapPropertyTest {

    /** One step: a key, a value, and whether it is added. */
    record Step(int key, int value, boolean isAdded) {
        static Step of(int code) {
            return new Step(code % 3, code / 3 % 5, code % 2 == 0);
        }
    }

    @Property
    void after_any_steps_it_holds_what_a_map_of_sets_holds(
            @ForAll @Size(max = 60) List<@IntRange(min = 0, max = 89) Integer> codes) {
        var multimap = new Multimap<Integer, Integer>(HashMap::new);
        Map<Integer, Set<Integer>> plain = new HashMap<>();
        for (var code : codes) {
            var step = Step.of(code);
            var values = plain.computeIfAbsent(step.key(), _ -> new HashSet<>());
            if (step.isAdded()) {
                multimap.put(step.key(), step.value());
                values.add(step.value());
            } else {
                multimap.remove(step.key(), step.value());
                values.remove(step.value());
            }
            plain.values().removeIf(Set::isEmpty);
            assertThat(multimap.keys()).isEqualTo(plain.keySet());
            plain.forEach((key, expected) -> assertThat(multimap.get(key)).isEqualTo(expected));
        }
    }
}
