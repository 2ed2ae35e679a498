package dev.adit.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.adit.explain.JsonText;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever others write. */
class VisiblePropertyTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Property
    void a_line_is_one_line_and_steers_no_terminal(@ForAll String text) {
        var page = new Lines().add(text).add("next").toString();
        assertThat(page).endsWith("\nnext\n");
        assertThat(page.codePoints().filter(c -> c != '\n')).noneMatch(Visible::isHidden);
        assertThat(page.chars().filter(c -> c == '\n').count()).isEqualTo(2);
    }

    @Property
    void json_says_the_same_to_programs(@ForAll String name, @ForAll String value) throws JsonProcessingException {
        var json = MAPPER.createObjectNode().put(name, value);
        var text = JsonText.of(json);
        assertThat(text.lines().flatMapToInt(String::codePoints)).noneMatch(Visible::isHidden);
        assertThat(MAPPER.readTree(text)).isEqualTo(json);
    }

    @Example
    void what_is_seen_stays_as_it_is() {
        for (var text : new String[] {"", "Ingress a/b: 'x'", "Größe 100 %", "日本語", "\ud83d\ude00", "C:\\n"}) {
            assertThat(Visible.of(text)).isSameAs(text);
        }
        assertThat(Visible.of("a\tb\r\n\u0000\u007f\u0085\u2029\u200f\ufeff\ud800"))
                .isEqualTo("a\\tb\\r\\n\\u0000\\u007f\\u0085\\u2029\\u200f\\ufeff\\ud800");
        assertThat(Visible.of("\udb40\udc01")).isEqualTo("\\udb40\\udc01");
    }
}
