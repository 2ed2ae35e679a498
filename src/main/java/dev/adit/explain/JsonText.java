package dev.adit.explain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.adit.text.Visible;

/** JSON as it can be shown on a terminal: what is not seen in its strings is escaped, as JSON allows. */
public final class JsonText {
    private JsonText() {}

    /** With indentation, and a line feed at the end. */
    public static String of(JsonNode json) {
        var pretty = json.toPrettyString();
        var text = new StringBuilder(pretty.length() + 1);
        pretty.codePoints().forEach(c -> {
            // Jackson has escaped those below a blank in strings, so these line ends are its own.
            if (c == '\n' || c == '\r' || !Visible.isHidden(c)) {
                text.appendCodePoint(c);
                return;
            }
            for (var unit : Character.toChars(c)) {
                text.append("\\u%04x".formatted((int) unit));
            }
        });
        return text.append('\n').toString();
    }
}
