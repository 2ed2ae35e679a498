package dev.adit.kube;

import java.util.Set;

/**
 * One of the {@code status.conditions} of an object. When it last changed, and for which generation it holds, is for the
 * writer to say.
 *
 * @param type as the API names it, as {@code Accepted}
 * @param holds whether its status is {@code True} or {@code False}
 * @param reason one word in camel case, for programs
 * @param message a sentence, for people
 */
public record Condition(String type, boolean holds, String reason, String message) {
    /** Those that we may say of a route. One that we say no longer does not stay. */
    public static final Set<String> OF_ROUTES = Set.of("Accepted", "ResolvedRefs", "PartiallyInvalid");
}
