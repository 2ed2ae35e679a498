package dev.adit.routing;

import com.google.re2j.Pattern;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression that a manifest brought. It matches a text from its beginning, and need not reach its end. No
 * expression can hold an event loop: RE2 runs it in linear time where RE2 knows its syntax, and what only the JDK's engine
 * knows, such as look-ahead, runs within a budget of characters that it may look at.
 */
public final class Regex {
    /** The longest expression, in characters. */
    public static final int MAX_LENGTH = 1_024;

    /** RE2 looks at a character once for each instruction, in 1 to 10 ns; the JDK's engine takes as long for each look. */
    private static final int MAX_STEPS = 400_000;

    private final String text;
    private final @Nullable Pattern linear;
    private final java.util.regex.@Nullable Pattern backtracking;

    private Regex(String text, @Nullable Pattern linear, java.util.regex.@Nullable Pattern backtracking) {
        this.text = text;
        this.linear = linear;
        this.backtracking = backtracking;
    }

    /** An expression, or why the text is none. */
    public sealed interface Parsed {
        record Valid(Regex regex) implements Parsed {}

        record Invalid(String reason) implements Parsed {}
    }

    /** A match took more than it may take, so that nobody knows whether there is one. */
    public static final class BudgetException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BudgetException(String text) {
            super("the regular expression '" + text + "' takes too long for this request", null, false, false);
        }
    }

    /** Reads an expression in the syntax of RE2, or else of {@link java.util.regex.Pattern}. */
    public static Parsed parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return new Parsed.Invalid("the expression is longer than " + MAX_LENGTH + " characters");
        }
        if (RegexSize.of(text) > RegexSize.MAX) {
            return new Parsed.Invalid("the repetitions of the expression multiply to more than " + RegexSize.MAX);
        }
        try {
            return new Parsed.Valid(new Regex(text, Pattern.compile(text), null));
        } catch (com.google.re2j.PatternSyntaxException _) {
            return backtracking(text);
        }
    }

    private static Parsed backtracking(String text) {
        try {
            return new Parsed.Valid(new Regex(text, null, java.util.regex.Pattern.compile(text)));
        } catch (java.util.regex.PatternSyntaxException e) {
            return new Parsed.Invalid(e.getDescription() + " near character " + (e.getIndex() + 1));
        } catch (StackOverflowError _) {
            return new Parsed.Invalid("the groups of the expression are nested too deeply");
        }
    }

    /**
     * Whether the text begins with what the expression describes.
     *
     * @throws BudgetException where that takes too long to find out
     */
    public boolean matches(String given) {
        if (linear != null) {
            if ((long) given.length() * linear.programSize() > MAX_STEPS) {
                throw new BudgetException(text);
            }
            return linear.matcher(given).lookingAt();
        }
        try {
            return backtracking != null
                    && backtracking
                            .matcher(new Counted(given, 0, given.length(), new Budget(text)))
                            .lookingAt();
        } catch (StackOverflowError _) {
            throw new BudgetException(text);
        }
    }

    /**
     * The template with what the groups of the expression found in a text that it matches.
     *
     * @param template {@code $1} to {@code $9} stand for the groups; one that found nothing is empty
     * @throws BudgetException where that takes too long
     */
    public String expand(String given, String template) {
        if (!matches(given)) {
            return template;
        }
        var expanded = new StringBuilder();
        for (var i = 0; i < template.length(); i++) {
            var c = template.charAt(i);
            var digit = i + 1 < template.length() ? template.charAt(i + 1) - '0' : 0;
            if (c == '$' && digit >= 1 && digit <= 9) {
                expanded.append(group(given, digit));
                i++;
            } else {
                expanded.append(c);
            }
        }
        return expanded.toString();
    }

    private String group(String given, int number) {
        if (linear != null) {
            var matcher = linear.matcher(given);
            var found = number <= matcher.groupCount() && matcher.lookingAt() ? matcher.group(number) : null;
            return found == null ? "" : found;
        }
        var matcher = Objects.requireNonNull(backtracking, "one of the two is there")
                .matcher(new Counted(given, 0, given.length(), new Budget(text)));
        var found = number <= matcher.groupCount() && matcher.lookingAt() ? matcher.group(number) : null;
        return found == null ? "" : found;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Regex that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The expression as it was written. */
    @Override
    public String toString() {
        return text;
    }

    private static final class Budget {
        private final String expression;
        private int left = MAX_STEPS;

        Budget(String expression) {
            this.expression = expression;
        }

        void spend() {
            if (--left < 0) {
                throw new BudgetException(expression);
            }
        }
    }

    /** The text as the backtracking engine sees it: every look costs something. */
    private record Counted(String text, int from, int to, Budget budget) implements CharSequence {
        @Override
        public char charAt(int index) {
            budget.spend();
            return text.charAt(from + index);
        }

        @Override
        public int length() {
            return to - from;
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text, from + start, from + end, budget);
        }

        @Override
        public String toString() {
            return text.substring(from, to);
        }
    }
}
