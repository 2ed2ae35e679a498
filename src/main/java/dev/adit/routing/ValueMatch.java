package dev.adit.routing;

/** What a header field, a query parameter or a cookie of a request has to be for a route to take the request. */
public sealed interface ValueMatch {
    /** The name of the field, parameter or cookie; that of a field in lower case. */
    String name();

    /** This very value. */
    record Equal(String name, String value) implements ValueMatch {}

    /** A value that the expression matches from its beginning. */
    record Matching(String name, Regex expression) implements ValueMatch {}

    /**
     * Whether a value is right.
     *
     * @throws RegexBudget.SpentException where that takes too long to find out
     */
    default boolean accepts(String given, RegexBudget budget) {
        return switch (this) {
            case Equal(var _, var value) -> value.equals(given);
            case Matching(var _, var expression) -> expression.matches(given, budget);
        };
    }
}
