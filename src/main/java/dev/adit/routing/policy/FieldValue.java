package dev.adit.routing.policy;

import java.util.Optional;

/**
 * The value of a header field that Adit writes itself. It cannot end its line or begin another one, wherever its text
 * came from (RFC 9110 §5.5, CWE-113).
 *
 * @param text visible ASCII; blanks and tabs only inside
 */
public record FieldValue(String text) {
    public FieldValue {
        if (!isValid(text)) {
            throw new IllegalArgumentException("a field value is visible ASCII, with blanks only inside");
        }
    }

    /** The value with this text, or empty if no field can have it. */
    public static Optional<FieldValue> of(String text) {
        return isValid(text) ? Optional.of(new FieldValue(text)) : Optional.empty();
    }

    private static boolean isValid(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            var isInner = i > 0 && i < text.length() - 1;
            var isBlank = c == ' ' || c == '\t';
            if (isBlank ? !isInner : (c < ' ' || c >= 0x7f)) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    @Override
    public String toString() {
        return text;
    }
}
