package dev.adit.routing.text;

import java.util.ArrayList;
import java.util.Optional;

/** The words of the text form, one after the other. A word with other than plain characters stands in quotes. */
final class Words {
    private static final String PLAIN_MARKS = "-._~/:*@%+$!&";

    private final String text;
    private int at;

    Words(String text) {
        this.text = text;
    }

    /** One word for this text, whatever characters it has. */
    static String quote(String text) {
        if (!text.isEmpty() && text.chars().allMatch(Words::isPlain)) {
            return text;
        }
        var quoted = new StringBuilder("\"");
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    /** The parts between separators that stand outside of quotes. */
    static String[] split(String text, String separator) {
        var parts = new ArrayList<String>();
        var start = 0;
        var isQuoted = false;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (isQuoted && c == '\\') {
                i++;
            } else if (c == '"') {
                isQuoted = !isQuoted;
            } else if (!isQuoted && text.startsWith(separator, i)) {
                parts.add(text.substring(start, i));
                start = i + separator.length();
                i = start - 1;
            }
        }
        parts.add(text.substring(start));
        return parts.toArray(String[]::new);
    }

    private static boolean isPlain(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || PLAIN_MARKS.indexOf(c) >= 0;
    }

    boolean isAtEnd() {
        skipBlanks();
        return at == text.length();
    }

    /** The next word without its quotes; empty at the end. */
    String next() {
        skipBlanks();
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        var start = at;
        while (at < text.length() && text.charAt(at) != ' ') {
            at++;
        }
        return text.substring(start, at);
    }

    /** Whether this word comes next; it has been taken then. */
    boolean take(String word) {
        var before = at;
        if (next().equals(word)) {
            return true;
        }
        at = before;
        return false;
    }

    /** The word behind this one, where this one comes next. */
    Optional<String> after(String word) {
        return take(word) ? Optional.of(next()) : Optional.empty();
    }

    private String quoted() {
        var word = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\') {
                at++;
            }
            word.append(text.charAt(at));
        }
        at++;
        return word.toString();
    }

    private void skipBlanks() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }
}
