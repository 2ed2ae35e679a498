package dev.adit.http.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.regex.Pattern;

/** Reads what a client of HTTP/1 was sent in answer to one request, knowing nothing of who wrote it. */
public final class StrictReader {
    private static final String FIELDS = "(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+: [^\\x00-\\x08\\x0a-\\x1f\\x7f]*\r\n)*\r\n";
    private static final Pattern HEAD =
            Pattern.compile("HTTP/1\\.1 ([1-5]\\d\\d) [^\\x00-\\x08\\x0a-\\x1f\\x7f]*\r\n" + FIELDS);
    private static final Pattern CHUNK = Pattern.compile("([1-9a-f][0-9a-f]*)\r\n");
    private static final Pattern END = Pattern.compile("0\r\n" + FIELDS);

    private final String text;
    private final boolean toHead;
    private int position;

    private StrictReader(String text, boolean toHead) {
        this.text = text;
        this.toHead = toHead;
    }

    /**
     * Fails unless it is one response, maybe after interim ones and maybe broken off, with nothing behind it; returns the
     * status.
     */
    public static int assertOneResponse(String text, boolean toHead) {
        return new StrictReader(text, toHead).read();
    }

    private int read() {
        while (true) {
            var head = HEAD.matcher(text).region(position, text.length());
            assertThat(head.lookingAt()).as(text.substring(position)).isTrue();
            position = head.end();
            var status = Integer.parseInt(head.group(1));
            assertThat(status).isNotEqualTo(101);
            if (status >= 200) {
                body(status, head.group().toLowerCase(Locale.ROOT));
                assertThat(text.substring(position)).as("behind: " + text).isEmpty();
                return status;
            }
        }
    }

    private void body(int status, String head) {
        var lengths = head.split("\r\ncontent-length: ", -1);
        var chunked = head.contains("\r\ntransfer-encoding: ");
        assertThat(lengths.length + (chunked ? 1 : 0)).as(head).isLessThanOrEqualTo(2);
        if (toHead || status == 204 || status == 304) {
            return;
        }
        if (chunked) {
            chunks();
        } else if (lengths.length == 2) {
            skip(Long.parseLong(lengths[1].substring(0, lengths[1].indexOf('\r'))));
        } else {
            position = text.length(); // of HTTP/1.0
        }
    }

    private void chunks() {
        while (position < text.length()) {
            var end = END.matcher(text).region(position, text.length());
            if (end.lookingAt()) {
                position = end.end();
                return;
            }
            var chunk = CHUNK.matcher(text).region(position, text.length());
            assertThat(chunk.lookingAt()).as(text.substring(position)).isTrue();
            position = chunk.end();
            skip(Long.parseLong(chunk.group(1), 16));
            assertThat(text.startsWith("\r\n", position) || position == text.length())
                    .as(text.substring(position))
                    .isTrue();
            skip(2);
        }
    }

    private void skip(long bytes) {
        position = (int) Math.min(text.length(), position + bytes);
    }
}
