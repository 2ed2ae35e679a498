package dev.adit.routing;

import java.util.Optional;

/**
 * What a map of nginx asks of a text.
 *
 * @param written the whole text, in any case; or a regular expression for a part of it behind {@code ~}, or behind {@code ~*} where
 *     case does not matter
 * @param regex empty where it is a text
 */
public record MapPattern(String written, Optional<Regex> regex) {
    /** Empty where it is an expression that cannot be read. */
    public static Optional<MapPattern> of(String written) {
        if (!written.startsWith("~")) {
            return Optional.of(new MapPattern(written, Optional.empty()));
        }
        var isCaseless = written.startsWith("~*");
        var expression = written.substring(isCaseless ? 2 : 1);
        return Regex.parseAnywhere((isCaseless ? "(?i)" : "") + expression) instanceof Regex.Parsed.Valid(var regex)
                ? Optional.of(new MapPattern(written, Optional.of(regex)))
                : Optional.empty();
    }

    /**
     * Whether it holds for a text.
     *
     * @throws RegexBudget.SpentException where that takes too long
     */
    public boolean matches(String text, RegexBudget budget) {
        return regex.map(expression -> expression.matches(text, budget))
                .orElseGet(() -> written.equalsIgnoreCase(text));
    }
}
