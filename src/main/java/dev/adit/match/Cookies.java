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
        for (var pair : field.split("[;,]", -1)) {
            var equals = pair.indexOf('=');
            if (equals > 0 && name.test(pair.substring(0, equals).strip())) {
                return pair.substring(equals + 1).strip();
            }
        }
        return null;
    }
}
