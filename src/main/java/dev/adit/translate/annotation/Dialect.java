package dev.adit.translate.annotation;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The annotations that the Ingresses of a class may have.
 *
 * @param prefix of all of them, with the slash
 * @param families in the order in which they add to a route
 */
public record Dialect(String prefix, List<AnnotationFamily> families) {
    private static final int NEAR = 3;

    public Dialect {
        families = List.copyOf(families);
    }

    public List<AnnotationKey<?>> keys() {
        return families.stream()
                .<AnnotationKey<?>>flatMap(family -> family.keys().stream())
                .toList();
    }

    /** By its name without the prefix. */
    Optional<AnnotationKey<?>> find(String name) {
        return keys().stream().filter(key -> key.name().equals(name)).findFirst();
    }

    /** Whether what has no known name was meant to keep clients out: its first word, or nearly all of it, says so. */
    public boolean isMeantToRestrict(String unknown) {
        var lower = unknown.toLowerCase(Locale.ROOT);
        return keys().stream()
                .filter(AnnotationKey::restrictsAccess)
                .anyMatch(key -> lower.startsWith(firstWord(key.name())) || isNear(lower, key.name()));
    }

    /** What is to be said of a name that is not known. */
    String unknown(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        var hint = keys().stream()
                .map(AnnotationKey::name)
                .filter(known -> isNear(lower, known))
                .min((a, b) -> Integer.compare(Spelling.distance(lower, a), Spelling.distance(lower, b)))
                .map(known -> "did you mean " + known + "? Known are ")
                .orElse("known are ");
        return "there is no such setting; " + hint + names();
    }

    private String names() {
        return String.join(
                ", ", keys().stream().map(AnnotationKey::name).collect(Collectors.toCollection(TreeSet::new)));
    }

    private static String firstWord(String name) {
        var end = name.indexOf('-');
        return end < 0 ? name : name.substring(0, end);
    }

    /** At most every third letter is another one. */
    private static boolean isNear(String name, String known) {
        return Spelling.distance(name, known) <= Math.min(NEAR, known.length() / 3);
    }
}
