package dev.adit.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.StringLength;

class TextMapTest {
    @Property
    void it_is_the_map_that_it_was_made_of(
            @ForAll Map<@AlphaChars @StringLength(max = 3) String, String> entries,
            @ForAll @AlphaChars @StringLength(max = 3) String name) {
        var map = TextMap.of(entries);
        assertThat(map).isEqualTo(entries).hasSameHashCodeAs(entries).hasSize(entries.size());
        assertThat(map.get(name)).isEqualTo(entries.get(name));
        assertThat(map.containsKey(name)).isEqualTo(entries.containsKey(name));
        assertThat(List.copyOf(map.keySet())).isEqualTo(List.copyOf(new TreeMap<>(entries).keySet()));
    }
}
