package dev.adit.routing;

/**
 * How much the regular expressions of one request may look at, all of them together. A look at a character costs one step
 * for each instruction of the expression, and a step takes 1 to 10 ns: the whole is spent in 4 ms.
 */
public final class RegexBudget {
    private static final int STEPS = 400_000;

    private int left = STEPS;

    /** The expressions of a request have used up what they may use, so that nobody knows whether one of them matches. */
    public static final class SpentException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        SpentException(String expression) {
            super("the regular expression '" + expression + "' takes too long for this request", null, false, false);
        }
    }

    /**
     * One look at a character.
     *
     * @throws SpentException where nothing is left
     */
    void spend(int steps, String expression) {
        left -= steps;
        if (left < 0) {
            throw new SpentException(expression);
        }
    }
}
