package dev.adit.translate.annotation;

/** How far two words are from each other. */
final class Spelling {
    // What is longer is no slip of the hand.
    private static final int LONGEST = 64;

    private Spelling() {}

    /** How many letters have to be added, left out or replaced (Levenshtein); the longer length for words beyond 64. */
    static int distance(String one, String other) {
        if (one.length() > LONGEST || other.length() > LONGEST) {
            return Math.max(one.length(), other.length());
        }
        var above = new int[other.length() + 1];
        for (var j = 0; j <= other.length(); j++) {
            above[j] = j;
        }
        for (var i = 1; i <= one.length(); i++) {
            var row = new int[other.length() + 1];
            row[0] = i;
            for (var j = 1; j <= other.length(); j++) {
                var replaced = above[j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[other.length()];
    }
}
