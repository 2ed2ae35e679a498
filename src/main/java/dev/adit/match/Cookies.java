package dev.adit.match;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The field Cookie of a request. */
public final class Cookies {
    private Cookies() {}

    /** The value of the first one with a name; RFC 6265 §4.2.1, with the comma that several fields may be joined by. */
    public static @Nullable String value(@Nullable String field, String name) {
        return value(field, name::equals);
    }

    /** The same whatever the case of the name, as nginx looks for it. */
    public static @Nullable String valueInAnyCase(@Nullable String field, String name) {
        return value(field, name::equalsIgnoreCase);
    }

    private static @Nullable String value(@Nullable String field, Predicate<String> name) {
        if (field == null) {
            return null;
        }
        for (var start = 0; start < field.length(); ) {
            var end = end(field, start);
            var equals = field.indexOf('=', start, end);
            if (equals > start && name.test(field.substring(start, equals).strip())) {
                return field.substring(equals + 1, end).strip();
            }
            start = end + 1;
        }
        return null;
    }

    private static int end(String field, int start) {
        var end = start;
        while (end < field.length() && field.charAt(end) != ';' && field.charAt(end) != ',') {
            end++;
        }
        return end;
    }
}
