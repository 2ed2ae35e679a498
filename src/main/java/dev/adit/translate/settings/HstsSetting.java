package dev.adit.translate.settings;

import dev.adit.routing.policy.FieldValue;
import dev.adit.routing.policy.Hsts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** {@code hsts}: Strict-Transport-Security on responses over TLS. */
final class HstsSetting implements PolicySetting {
    private static final String MAX_AGE = "max-age=";
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,10}");
    private static final Map<String, String> DIRECTIVES =
            Map.of("includesubdomains", "includeSubDomains", "preload", "preload");

    @Override
    public String name() {
        return "hsts";
    }

    @Override
    public String remedy() {
        return "use seconds, such as \"31536000; includeSubDomains\"";
    }

    @Override
    public boolean isGeneral() {
        return true;
    }

    @Override
    public Optional<Hsts> read(String text) {
        return value(text).map(Hsts::new);
    }

    /** RFC 6797 §6.1. Made of known words and digits alone, so that no text of a user becomes framing (CWE-113). */
    private static Optional<FieldValue> value(String text) {
        var parts = List.of(text.split(";", -1));
        var first = trim(parts.getFirst());
        var seconds =
                first.regionMatches(true, 0, MAX_AGE, 0, MAX_AGE.length()) ? first.substring(MAX_AGE.length()) : first;
        if (!SECONDS.matcher(seconds).matches()) {
            return Optional.empty();
        }
        var value = new LinkedHashSet<String>(Set.of(MAX_AGE + seconds));
        for (var part : parts.subList(1, parts.size())) {
            var directive = DIRECTIVES.get(trim(part).toLowerCase(Locale.ROOT));
            if (directive == null || !value.add(directive)) {
                return Optional.empty(); // none may stand there twice
            }
        }
        return FieldValue.of(String.join("; ", value));
    }

    /** Without what RFC 9110 §5.6.3 calls blanks: a line end is none. */
    private static String trim(String text) {
        var start = 0;
        var end = text.length();
        while (start < end && isBlank(text.charAt(start))) {
            start++;
        }
        while (start < end && isBlank(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }
}
