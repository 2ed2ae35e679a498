package dev.adit.kube.dns;

import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What DNS can be asked for; anybody may have written the text. */
final class NameSyntax {
    private static final int LONGEST = 253;
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9_]([-A-Za-z0-9_]{0,61}[A-Za-z0-9])?");

    private NameSyntax() {}

    /** RFC 1123 with the underscores of RFC 2782, and not four numbers. */
    static boolean isName(String text) {
        if (text.length() > LONGEST + 1) {
            return false;
        }
        var name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
        return name.length() <= LONGEST
                && name.chars().anyMatch(c -> c != '.' && (c < '0' || c > '9'))
                && Stream.of(name.split("\\.", -1))
                        .allMatch(label -> LABEL.matcher(label).matches());
    }
}
