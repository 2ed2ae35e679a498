import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** The words of a command line that are still to be read. */
final class Words {
    private final Deque<String> words;

    Words(Collection<String> words) {
        this.words = new ArrayDeque<>(words);
    }

    boolean isEmpty() {
        return words.isEmpty();
    }

    String next() {
        return words.remove();
    }

    /** The next word, which has to be there because this option needs it. */
    String valueOf(String option) {
        var value = words.poll();
        if (value == null) {
            throw new UsageError("option needs a value: " + option);
        }
        return value;
    }

    /** To be read before all others. */
    void insert(List<String> more) {
        more.reversed().forEach(words::addFirst);
    }

    /** Splits at white space outside of quotes. */
    static List<String> split(String text) {
        var words = new ArrayList<String>();
        StringBuilder word = null;
        char quote = 0;
        for (var c : text.toCharArray()) {
            var opens = quote == 0 && (c == '"' || c == '\'');
            if (quote == 0 && Character.isWhitespace(c)) {
                if (word != null) {
                    words.add(word.toString());
                }
                word = null;
                continue;
            }
            word = word == null ? new StringBuilder() : word;
            if (opens) {
                quote = c;
            } else if (c == quote) {
                quote = 0;
            } else {
                word.append(c);
            }
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }
}
