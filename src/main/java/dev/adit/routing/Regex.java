package dev.adit.routing;

import com.google.re2j.Pattern;
import dev.adit.hashing.TextHash;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression that a manifest brought. It matches a text from its beginning, and need not reach its end. No
 * expression can hold an event loop: what is plain characters in the main is compared as such ({@link Beginning}), RE2 runs it in linear time where RE2 knows its syntax, and what only the JDK's engine
 * knows, such as look-ahead, backtracks. The {@link RegexBudget} of the request pays for either.
 */
public final class Regex {
    /** The longest expression, in characters. */
    public static final int MAX_LENGTH = 1_024;

    private final String text;
    // One of the three is there.
    private final @Nullable Beginning beginning;
    private final @Nullable Pattern linear;
    private final java.util.regex.@Nullable Pattern backtracking;

    private Regex(
            String text,
            @Nullable Beginning beginning,
            @Nullable Pattern linear,
            java.util.regex.@Nullable Pattern backtracking) {
        this.text = text;
        this.beginning = beginning;
        this.linear = linear;
        this.backtracking = backtracking;
    }

    /** An expression, or why the text is none. */
    public sealed interface Parsed {
        record Valid(Regex regex) implements Parsed {}

        record Invalid(String reason) implements Parsed {}
    }

    /** Reads an expression in the syntax of RE2, or else of {@link java.util.regex.Pattern}. */
    public static Parsed parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return new Parsed.Invalid("the expression is longer than " + MAX_LENGTH + " characters");
        }
        if (RegexSize.of(text) > RegexSize.MAX) {
            return new Parsed.Invalid("the repetitions of the expression multiply to more than " + RegexSize.MAX);
        }
        var simple = Beginning.of(text);
        if (simple.isPresent()) {
            return new Parsed.Valid(new Regex(text, simple.get(), null, null));
        }
        try {
            return new Parsed.Valid(new Regex(text, null, Pattern.compile(text), null));
        } catch (com.google.re2j.PatternSyntaxException _) {
            return backtracking(text);
        }
    }

    /** The same for an expression that may describe any part of a line, as nginx looks for it. */
    public static Parsed parseAnywhere(String text) {
        var itself = parse(text); // what closes a group of others is none
        return itself instanceof Parsed.Valid ? parse(".*(?:" + text + ")") : itself;
    }

    private static Parsed backtracking(String text) {
        try {
            return new Parsed.Valid(new Regex(text, null, null, java.util.regex.Pattern.compile(text)));
        } catch (java.util.regex.PatternSyntaxException e) {
            return new Parsed.Invalid(e.getDescription() + " near character " + (e.getIndex() + 1));
        } catch (StackOverflowError _) {
            return new Parsed.Invalid("the groups of the expression are nested too deeply");
        }
    }

    /**
     * Whether the text begins with what the expression describes.
     *
     * @param budget of the request, which pays for it
     * @throws RegexBudget.SpentException where that takes too long to find out
     */
    public boolean matches(String given, RegexBudget budget) {
        return beginning == null ? groups(given, budget) != null : begins(beginning, given, budget);
    }

    /**
     * The template with what the groups of the expression found in a text that it matches.
     *
     * @param template {@code $1} to {@code $9} stand for the groups; one that found nothing is empty
     * @throws RegexBudget.SpentException where that takes too long
     */
    public String expand(String given, String template, RegexBudget budget) {
        var expanded = expandMatch(given, template, budget);
        return expanded == null ? template : expanded;
    }

    /** The same; null where the expression does not match the text. */
    public @Nullable String expandMatch(String given, String template, RegexBudget budget) {
        var groups = groups(given, budget);
        if (groups == null) {
            return null;
        }
        var expanded = new StringBuilder();
        for (var i = 0; i < template.length(); i++) {
            var c = template.charAt(i);
            var digit = i + 1 < template.length() ? template.charAt(i + 1) - '0' : 0;
            if (c == '$' && digit >= 1 && digit <= 9) {
                var found = groups.apply(digit);
                expanded.append(found == null ? "" : found);
                i++;
            } else {
                expanded.append(c);
            }
        }
        return expanded.toString();
    }

    private boolean begins(Beginning with, String given, RegexBudget budget) {
        budget.spend(with.cost(), text);
        return with.matches(given);
    }

    /** What each group found, or null where the text does not match. */
    private @Nullable IntFunction<@Nullable String> groups(String given, RegexBudget budget) {
        if (beginning != null) {
            return begins(beginning, given, budget) ? group -> beginning.group(given, group) : null;
        }
        if (linear != null) {
            var matcher = linear.matcher(new Counted(given, 0, given.length(), linear.programSize(), text, budget));
            return matcher.lookingAt() ? group -> group <= matcher.groupCount() ? matcher.group(group) : null : null;
        }
        try {
            var matcher = Objects.requireNonNull(backtracking, "one of the three is there")
                    .matcher(new Counted(given, 0, given.length(), 1, text, budget));
            return matcher.lookingAt() ? group -> group <= matcher.groupCount() ? matcher.group(group) : null : null;
        } catch (StackOverflowError _) {
            throw new RegexBudget.SpentException(text);
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Regex that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return TextHash.of(text);
    }

    /** The expression as it was written. */
    @Override
    public String toString() {
        return text;
    }

    /** A text as an engine sees it: every look costs something. */
    private record Counted(String text, int from, int to, int cost, String expression, RegexBudget budget)
            implements CharSequence {
        @Override
        public char charAt(int index) {
            budget.spend(cost, expression);
            return text.charAt(from + index);
        }

        @Override
        public int length() {
            return to - from;
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text, from + start, from + end, cost, expression, budget);
        }

        @Override
        public String toString() {
            return text.substring(from, to);
        }
    }
}
