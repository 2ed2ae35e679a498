package dev.adit.kube;

/** Shortens what quotes a user's text: a value of a megabyte must not become a message of a megabyte. */
public final class Abbreviation {
    // One that is hardly longer loses more than it gains.
    private static final int SLACK = 100;

    private Abbreviation() {}

    /** The beginning, which says what and where, and the end, which says what to do; values stand between the two. */
    public static String of(String text, int longest) {
        if (text.length() <= longest + SLACK) {
            return text;
        }
        var head = longest * 2 / 3;
        var tail = text.length() - longest / 3;
        if (Character.isHighSurrogate(text.charAt(head - 1))) {
            head--;
        }
        if (Character.isLowSurrogate(text.charAt(tail))) {
            tail++;
        }
        return text.substring(0, head) + " … [" + (tail - head) + " characters] … " + text.substring(tail);
    }
}
