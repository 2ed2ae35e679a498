package dev.adit.translate.annotation.nginx;

import java.util.Optional;
import java.util.regex.Pattern;

/** Values as ingress-nginx reads them, by the rules of Go. */
final class GoValues {
    static final String TRUTH = "use \"true\" or \"false\"";
    static final String NUMBER = "use a whole number";

    // Atoi of strconv, within 32 bits.
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,10}");

    private GoValues() {}

    /** ParseBool of strconv. */
    static Optional<Boolean> truth(String text) {
        return switch (text) {
            case "1", "t", "T", "TRUE", "true", "True" -> Optional.of(true);
            case "0", "f", "F", "FALSE", "false", "False" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /** Atoi of strconv. */
    static Optional<Integer> integer(String text) {
        if (!INTEGER.matcher(text).matches()) {
            return Optional.empty();
        }
        var number = Long.parseLong(text);
        return number == (int) number ? Optional.of((int) number) : Optional.empty();
    }
}
