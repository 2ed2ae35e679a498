package dev.adit.routing;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An expression of plain characters, behind which may stand {@code (/|$)} and {@code (.*)}: what most paths of ingress-nginx are. It is
 * compared without an engine, and takes no program of one.
 */
final class Beginning {
    private static final Pattern FORM =
            Pattern.compile("(\\(\\?i\\))?([A-Za-z0-9/_%~@:,;=!&-]*+)(\\(/\\|\\$\\))?(\\(\\.\\*\\))?");

    private final boolean ignoresCase;
    private final String literal;
    private final boolean hasBorder;
    private final boolean hasRest;

    private Beginning(boolean ignoresCase, String literal, boolean hasBorder, boolean hasRest) {
        this.ignoresCase = ignoresCase;
        this.literal = literal;
        this.hasBorder = hasBorder;
        this.hasRest = hasRest;
    }

    /** Empty where the expression has another form. */
    static Optional<Beginning> of(String expression) {
        var found = FORM.matcher(expression);
        return found.matches()
                ? Optional.of(new Beginning(
                        found.group(1) != null, found.group(2), found.group(3) != null, found.group(4) != null))
                : Optional.empty();
    }

    /** What it costs to compare it. */
    int cost() {
        return literal.length() + 1;
    }

    boolean matches(String text) {
        var end = literal.length();
        return text.regionMatches(ignoresCase, 0, literal, 0, end)
                && (!hasBorder || end == text.length() || text.charAt(end) == '/');
    }

    /** What a group found in a text that it matches; null where there is no such group. */
    @Nullable
    String group(String text, int number) {
        var isBorder = hasBorder && number == 1;
        if (!isBorder && !(hasRest && number == (hasBorder ? 2 : 1))) {
            return null;
        }
        var border = literal.length();
        var rest = hasBorder && border < text.length() ? border + 1 : border;
        if (isBorder) {
            return text.substring(border, rest);
        }
        var line = text.indexOf('\n', rest);
        return text.substring(rest, line < 0 ? text.length() : line);
    }
}
