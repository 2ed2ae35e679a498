package dev.adit.migrate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Splits configuration of nginx into statements, and these into words. What needs more than that is not read: blocks, variables and
 * escapes.
 */
final class SnippetReader {
    private static final int LONGEST = 8_192;
    private static final String NOT_READ = "{}$\\\r";

    private final String text;
    private int at;

    private SnippetReader(String text) {
        this.text = text;
    }

    /** Each statement by its words; empty where there is anything else. */
    static Optional<List<List<String>>> read(String text) {
        return text.length() > LONGEST ? Optional.empty() : new SnippetReader(text).statements();
    }

    private Optional<List<List<String>>> statements() {
        var statements = new ArrayList<List<String>>();
        var words = new ArrayList<String>();
        while (skipBlanks()) {
            if (text.charAt(at) == ';') {
                at++;
                statements.add(List.copyOf(words));
                words.clear();
                continue;
            }
            var word = word();
            if (word == null) {
                return Optional.empty();
            }
            words.add(word);
        }
        return words.isEmpty() ? Optional.of(statements) : Optional.empty();
    }

    /** A number sign begins a comment where a word could begin, and nowhere else. */
    private boolean skipBlanks() {
        while (at < text.length()) {
            var c = text.charAt(at);
            if (c == '#') {
                var end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == ' ' || c == '\t' || c == '\n') {
                at++;
            } else {
                return true;
            }
        }
        return false;
    }

    private @Nullable String word() {
        var quote = text.charAt(at);
        if (quote != '"' && quote != '\'') {
            var start = at;
            while (at < text.length() && " \t\n;".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return plain(text.substring(start, at));
        }
        var end = text.indexOf(quote, at + 1);
        if (end < 0) {
            return null;
        }
        var word = text.substring(at + 1, end);
        at = end + 1;
        return plain(word);
    }

    private static @Nullable String plain(String word) {
        return word.chars().anyMatch(c -> NOT_READ.indexOf(c) >= 0 || c == '\n') ? null : word;
    }
}
