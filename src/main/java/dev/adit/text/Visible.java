package dev.adit.text;

/**
 * Text of others, as it can be shown: each character that is not seen is escaped, so that it neither begins a line of its
 * own nor steers the terminal of whoever reads it (CWE-117, CWE-150). Everything else, in any script, stays as it is.
 */
public final class Visible {
    private Visible() {}

    /** As one line, escaped like a Java string. */
    public static String of(String text) {
        var first = firstHidden(text);
        if (first < 0) {
            return text;
        }
        var visible = new StringBuilder(text.length() + 16).append(text, 0, first);
        text.codePoints().skip(text.codePointCount(0, first)).forEach(c -> {
            if (isHidden(c)) {
                escape(visible, c);
            } else {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }

    /** Whether a character is not seen: controls, marks of direction, line and paragraph separators, halves of characters. */
    public static boolean isHidden(int codePoint) {
        if (codePoint < 0x7f) {
            return codePoint < ' ';
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }

    private static int firstHidden(String text) {
        for (var i = 0; i < text.length(); ) {
            var c = text.codePointAt(i);
            if (isHidden(c)) {
                return i;
            }
            i += Character.charCount(c);
        }
        return -1;
    }

    private static void escape(StringBuilder visible, int codePoint) {
        switch (codePoint) {
            case '\n' -> visible.append("\\n");
            case '\r' -> visible.append("\\r");
            case '\t' -> visible.append("\\t");
            default -> {
                for (var unit : Character.toChars(codePoint)) {
                    visible.append("\\u%04x".formatted((int) unit));
                }
            }
        }
    }
}
