package dev.adit.http.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.routing.policy.FieldValue;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be written as a line is not half written. */
class HeadBufferTest {
    private final HeadBuffer head = new HeadBuffer();

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb", "a\nb", "a\rb", "a\u0000b", "a\u001b", "\u007f", "a\u010ab"})
    void text_that_ends_its_line_leaves_nothing_behind(String text) {
        head.put(Ascii.CHUNKED);
        assertThat(head.field("x", text)).isFalse();
        assertThat(head.field(text, "x")).isFalse();
        assertThat(head.field("", text)).isFalse();
        assertThat(head.field(OwnField.HOST, text)).isFalse();
        assertThat(head.line(text)).isFalse();
        assertThat(head.word(text)).isFalse();
        assertThat(written()).isEqualTo("transfer-encoding: chunked\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "x y", "x:", "x\t", "x\u00e4", "x(", "x,"})
    void a_name_that_is_not_a_token_leaves_nothing_behind(String name) {
        assertThat(head.field(name, "a")).isFalse();
        assertThat(written()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a b", " /", "/\t", "/\n"})
    void a_blank_in_a_request_line_leaves_nothing_behind(String path) {
        assertThat(head.word(path)).isFalse();
        assertThat(written()).isEmpty();
    }

    @Test
    void what_can_be_written_is_a_line() {
        assertThat(head.field("X-A", "a \t\u00e4")).isTrue();
        assertThat(head.field(OwnField.HOST, "a.test")).isTrue();
        assertThat(head.word("/\u00e4")).isTrue();
        assertThat(head.line("")).isTrue();
        head.put("x-own", new FieldValue("b"));
        assertThat(written()).isEqualTo("X-A: a \t\u00e4\r\nhost: a.test\r\n/\u00e4\r\nx-own: b\r\n");
    }

    @Test
    void blanks_at_the_ends_are_stripped() {
        assertThat(HeadBuffer.strip(" \ta b\t ")).hasToString("a b");
        assertThat(HeadBuffer.strip(" \t ")).hasToString("");
        assertThat(HeadBuffer.strip("a")).hasToString("a");
    }

    private String written() {
        var bytes = head.copy(UnpooledByteBufAllocator.DEFAULT);
        try {
            return bytes.toString(StandardCharsets.ISO_8859_1);
        } finally {
            bytes.release();
        }
    }
}
