package dev.adit.filter;

import java.util.List;
import java.util.Locale;

/**
 * The origins of pages that are meant by a text, which may have one star in its host.
 *
 * @param start what stands before the star; the whole where there is none
 * @param end what stands behind it
 * @param isLabel whether the star stands for one label, and not for more
 */
record OriginPattern(String start, String end, boolean hasStar, boolean isLabel) {
    /** One whose star stands for one label or more. */
    static OriginPattern of(String text) {
        return of(text, false);
    }

    static OriginPattern of(String text, boolean isLabel) {
        var lower = text.toLowerCase(Locale.ROOT);
        var star = lower.indexOf('*');
        return star < 0
                ? new OriginPattern(lower, "", false, isLabel)
                : new OriginPattern(lower.substring(0, star), lower.substring(star + 1), true, isLabel);
    }

    /** Whether an origin is one of those that some patterns mean. */
    static boolean anyOf(List<OriginPattern> patterns, String origin) {
        var lower = origin.toLowerCase(Locale.ROOT);
        for (var one : patterns) {
            if (one.is(lower)) {
                return true;
            }
        }
        return false;
    }

    private boolean is(String lower) {
        return hasStar
                ? lower.length() > start.length() + end.length()
                        && lower.startsWith(start)
                        && lower.endsWith(end)
                        && isName(lower, start.length(), lower.length() - end.length())
                : lower.equals(start);
    }

    private boolean isName(String text, int from, int to) {
        for (var i = from; i < to; i++) {
            var c = text.charAt(i);
            if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || (c == '.' && !isLabel))) {
                return false;
            }
        }
        return true;
    }
}
