package dev.adit.text;

import java.util.Locale;

/** Names of constants as people and programs write them: {@code EXPIRES_SOON} is {@code expires-soon}. */
public final class Hyphens {
    private Hyphens() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
