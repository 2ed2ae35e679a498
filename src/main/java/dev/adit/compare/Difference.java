package dev.adit.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Something that the two have answered differently.
 *
 * @param what such as status, or the name of a field
 * @param before what the old one has said; empty where it has said nothing
 * @param after likewise the new one
 */
public record Difference(String what, String before, String after) {
    private static final String NOTHING = "";

    /** All of two answers to one question. */
    static List<Difference> between(Answer before, Answer after) {
        var ofOld = before.facts();
        var ofNew = after.facts();
        var names = new TreeSet<>(ofOld.keySet());
        names.addAll(ofNew.keySet());
        var differences = new ArrayList<Difference>();
        for (var name : names) {
            var old = ofOld.getOrDefault(name, NOTHING);
            var other = ofNew.getOrDefault(name, NOTHING);
            if (!old.equals(other)) {
                differences.add(new Difference(name, old, other));
            }
        }
        return differences;
    }

    @Override
    public String toString() {
        return what + ": " + shown(before) + " -> " + shown(after);
    }

    private static String shown(String text) {
        return text.isEmpty() ? "(none)" : text;
    }
}
