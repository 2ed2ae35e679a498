package dev.adit.translate.annotation;

import dev.adit.kube.Ingress;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The annotations that the Ingresses of a class may have. */
public final class Dialect {
    private static final int NEAR = 3;

    private final String prefix;
    private final Set<String> guards;
    private final List<AnnotationFamily> families;
    private final Map<String, AnnotationKey<?>> byName = new TreeMap<>();
    private final String names;
    private final List<String> wholeNames;

    /**
     * Of some families.
     *
     * @param prefix of all annotations, with the slash
     * @param guards the first words of annotations that keep clients out
     * @param families in the order in which they add to a route
     */
    public Dialect(String prefix, Set<String> guards, List<AnnotationFamily> families) {
        this.guards = guards;
        this.prefix = prefix;
        this.families = List.copyOf(families);
        families.forEach(family -> family.keys().forEach(key -> byName.put(key.name(), key)));
        this.wholeNames = byName.keySet().stream().filter(Dialect::isWhole).toList();
        this.names = String.join(", ", byName.keySet());
    }

    public String prefix() {
        return prefix;
    }

    List<AnnotationFamily> families() {
        return families;
    }

    /** By name. */
    public Collection<AnnotationKey<?>> keys() {
        return byName.values();
    }

    /** The one with this name, as {@link #knows} takes it. */
    public Optional<AnnotationKey<?>> key(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Whether a key is one of its own: another dialect may have one with the same name. */
    @SuppressWarnings("ReferenceEquality") // there is one of each
    boolean has(AnnotationKey<?> key) {
        return byName.get(key.name()) == key;
    }

    /**
     * The annotations of an Ingress that are its own: by name without the prefix, or by the whole name where the dialect has
     * them from another one.
     */
    Map<String, String> texts(Ingress ingress) {
        var texts = ingress.annotations(prefix);
        if (wholeNames.isEmpty()) {
            return texts;
        }
        var all = new TreeMap<>(texts);
        all.keySet().removeIf(Dialect::isWhole);
        for (var name : wholeNames) {
            var text = ingress.annotations().get(name);
            if (text != null) {
                all.put(name, text);
            }
        }
        return all;
    }

    /** The whole name of an annotation, with its prefix. */
    String nameOf(String name) {
        return isWhole(name) ? name : prefix + name;
    }

    private static boolean isWhole(String name) {
        return name.indexOf('/') >= 0;
    }

    /** Whether it has one with this name, without the prefix or, from another dialect, with it. */
    public boolean knows(String name) {
        return byName.containsKey(name);
    }

    /**
     * Whether a name is that of an annotation which keeps clients out, or was meant to be one: its first word, or nearly all of
     * it, says so.
     */
    public boolean isMeantToRestrict(String name) {
        var known = byName.get(name);
        if (known != null) {
            return known.restrictsAccess();
        }
        var lower = name.toLowerCase(Locale.ROOT);
        return guards.stream().anyMatch(lower::startsWith)
                || keys().stream().filter(AnnotationKey::restrictsAccess).anyMatch(key -> isNear(lower, key.name()));
    }

    /** The message for a name that is not known. */
    String unknown(String name) {
        return "there is no such setting; "
                + nearest(name.toLowerCase(Locale.ROOT))
                        .map(known -> "did you mean " + known + "? Known are ")
                        .orElse("known are ")
                + names;
    }

    private Optional<String> nearest(String name) {
        return byName.keySet().stream()
                .filter(known -> isNear(name, known))
                .min(Comparator.comparingInt(known -> Spelling.distance(name, known)));
    }

    /** At most every third letter is another one. */
    private static boolean isNear(String name, String known) {
        return Spelling.distance(name, known) <= Math.min(NEAR, known.length() / 3);
    }
}
