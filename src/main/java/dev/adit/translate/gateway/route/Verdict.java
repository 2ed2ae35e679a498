package dev.adit.translate.gateway.route;

import dev.adit.kube.Abbreviation;
import dev.adit.kube.Condition;

/**
 * Whether something that a condition speaks of holds.
 *
 * @param reason as the API names it
 */
public record Verdict(boolean holds, String reason, String message) {
    private static final int LONGEST = 4_000;

    /** That it holds. */
    public static Verdict yes(String reason) {
        return new Verdict(true, reason, "");
    }

    /** That it does not, and what to do. */
    public static Verdict no(String reason, String message) {
        return new Verdict(false, reason, message);
    }

    /** This one, unless it holds and the other does not. */
    public Verdict and(Verdict other) {
        return holds ? other : this;
    }

    /** What both say: the reason of the first fault, and what to do about all of them. */
    Verdict with(Verdict other) {
        return holds || other.holds || message.contains(other.message)
                ? and(other)
                : new Verdict(false, reason, message + ". " + other.message);
    }

    /** As a condition, whose message has a bound in the API. */
    public Condition as(String type) {
        return new Condition(type, holds, reason, Abbreviation.of(message, LONGEST));
    }
}
