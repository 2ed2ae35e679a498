package dev.adit.explain;

/** Explains by what is live. */
@FunctionalInterface
public interface Explanations {
    Explanation of(Question question);
}
