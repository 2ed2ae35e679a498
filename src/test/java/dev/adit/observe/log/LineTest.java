package dev.adit.observe.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class LineTest {
    private final Line line = new Line(new Moment(ZoneId.of("Europe/Berlin")));

    private String written() {
        var text = new String(line.bytes(), 0, line.length(), US_ASCII);
        line.clear();
        return text;
    }

    @Property
    void nobody_ends_a_line_or_a_quotation_or_speaks_to_a_terminal(@ForAll String text) {
        line.escaped(text);
        assertThat(written()).matches("([ !#-\\[\\]-~]|\\\\x[0-9A-F]{2})*");
    }

    @Property
    void json_gives_back_what_was_written(@ForAll String text) throws IOException {
        line.raw('"').json(text).raw('"');
        var json = written();
        assertThat(json).matches("[ -~]*");
        assertThat(new ObjectMapper().readTree(json).textValue()).isEqualTo(text);
    }

    @Property
    void numbers_are_as_java_writes_them(@ForAll long number) {
        line.number(number);
        assertThat(written()).isEqualTo(Long.toString(number));
    }

    @Test
    void seconds_have_three_digits_behind_the_point() {
        line.seconds(1_234_567_890L).raw(' ').seconds(999_999).raw(' ').seconds(61_007_000_000L);
        assertThat(written()).isEqualTo("1.234 0.000 61.007");
    }

    @Test
    void times_are_written_as_nginx_and_iso_8601_have_them() {
        var now = line.now();
        now.is(Instant.parse("2026-07-01T21:46:43.512Z").toEpochMilli());
        assertThat(now.local()).isEqualTo("01/Jul/2026:23:46:43 +0200");
        assertThat(now.iso()).isEqualTo("2026-07-01T23:46:43+02:00");
        assertThat(now.utc()).isEqualTo("2026-07-01T21:46:43");
        now.is(Instant.parse("2026-07-01T21:46:44Z").toEpochMilli());
        assertThat(now.utc()).isEqualTo("2026-07-01T21:46:44");
    }
}
