package dev.adit.translate.gateway;

import dev.adit.kube.Condition;

/**
 * Whether something that a condition speaks of holds.
 *
 * @param reason as the API names it
 */
record Verdict(boolean holds, String reason, String message) {
    static Verdict yes(String reason) {
        return new Verdict(true, reason, "");
    }

    static Verdict no(String reason, String message) {
        return new Verdict(false, reason, message);
    }

    /** This one, unless it holds and the other does not. */
    Verdict and(Verdict other) {
        return holds ? other : this;
    }

    Condition as(String type) {
        return new Condition(type, holds, reason, message);
    }
}
