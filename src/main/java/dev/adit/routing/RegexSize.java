package dev.adit.routing;

import java.util.ArrayDeque;

/**
 * How many instructions an expression stands for once its counted repetitions are written out. RE2 does write them out,
 * and {@code ((a{1000}){1000}){1000}} would take all the memory there is.
 */
final class RegexSize {
    static final int MAX = 4_000;

    private final String text;
    private final ArrayDeque<Integer> outer = new ArrayDeque<>();
    private int sum;
    private int last;
    private int at;

    private RegexSize(String text) {
        this.text = text;
    }

    /** An upper bound; anything above {@link #MAX} is too much. */
    static int of(String text) {
        return new RegexSize(text).size();
    }

    private int size() {
        while (at < text.length() && sum <= MAX) {
            switch (text.charAt(at++)) {
                case '\\' -> escape();
                case '[' -> characterClass();
                case '(' -> {
                    outer.push(sum);
                    sum = 0;
                    last = 0;
                }
                case ')' -> {
                    last = sum + 1;
                    sum = bounded((outer.isEmpty() ? 0L : outer.pop()) + last);
                }
                case '{' -> repeat();
                default -> atom();
            }
        }
        while (!outer.isEmpty()) {
            sum = bounded((long) sum + outer.pop());
        }
        return sum;
    }

    private void atom() {
        last = 1;
        sum++;
    }

    private void escape() {
        at++;
        atom();
    }

    private void characterClass() {
        at = Math.min(at + (text.startsWith("]", at) || text.startsWith("^]", at) ? 2 : 0), text.length());
        while (at < text.length() && text.charAt(at) != ']') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
        atom();
    }

    /** Multiplies what stands before it. A brace that is no repetition is a character. */
    private void repeat() {
        var end = text.indexOf('}', at);
        var most = end < 0 ? -1 : most(text.substring(at, end));
        if (most < 0) {
            atom();
            return;
        }
        at = end + 1;
        var times = bounded((long) last * Math.max(1, most));
        sum = bounded((long) sum - last + times);
        last = times;
    }

    /** The larger number of {@code n}, {@code n,} or {@code n,m}; -1 for anything else. */
    private static int most(String range) {
        var most = 0;
        var number = 0;
        for (var i = 0; i < range.length(); i++) {
            var c = range.charAt(i);
            if (c == ',') {
                number = 0;
            } else if (c >= '0' && c <= '9') {
                number = bounded(number * 10L + (c - '0'));
            } else {
                return -1;
            }
            most = Math.max(most, number);
        }
        return range.isEmpty() ? -1 : most;
    }

    private static int bounded(long size) {
        return (int) Math.min(size, MAX + 1L);
    }
}
