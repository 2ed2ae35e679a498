package dev.adit.match;

import org.jspecify.annotations.Nullable;

/** The field Cookie of a request. */
public final class Cookies {
    private Cookies() {}

    /** The value of the first one with a name; RFC 6265 §4.2.1, with the comma that several fields may be joined by. */
    public static @Nullable String value(@Nullable String field, String name) {
        if (field == null) {
            return null;
        }
        for (var pair : field.split("[;,]", -1)) {
            var equals = pair.indexOf('=');
            if (equals > 0 && pair.substring(0, equals).strip().equals(name)) {
                return pair.substring(equals + 1).strip();
            }
        }
        return null;
    }
}
