package dev.adit.translate.annotation;

import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.translate.Problems;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The annotations of all Ingresses of one class. */
public final class AnnotationReader {
    private final Dialect dialect;
    private final Annotations ofClass;
    private final Problems problems;
    private final Map<ObjectKey, Annotations> read = new HashMap<>();
    private final Map<ObjectKey, RouteDraft> drafts = new HashMap<>();
    // Of all that say nothing themselves, which nearly all do.
    private @Nullable RouteDraft plain;

    /**
     * For one translation.
     *
     * @param ofClass what holds for every Ingress that says nothing else
     */
    public AnnotationReader(Dialect dialect, Annotations ofClass, Problems problems) {
        this.dialect = dialect;
        this.ofClass = ofClass;
        this.problems = problems;
    }

    /** What is wrong with them is told once, however often they are asked for. */
    public Annotations of(Ingress ingress) {
        return ingress.annotations().isEmpty() ? ofClass : read.computeIfAbsent(ingress.key(), _ -> read(ingress));
    }

    private Annotations read(Ingress ingress) {
        return new Annotations(
                dialect,
                ingress.annotations(dialect.prefix()),
                ofClass,
                (name, reason, message) -> problems.add(ingress, field(name), reason, message));
    }

    /** What they make of all routes of an Ingress. */
    public RouteDraft draft(Ingress ingress) {
        if (!ingress.annotations().isEmpty()) {
            return drafts.computeIfAbsent(ingress.key(), _ -> draft(of(ingress)));
        }
        var known = plain == null ? draft(ofClass) : plain;
        plain = known;
        return known;
    }

    private RouteDraft draft(Annotations annotations) {
        var draft = new RouteDraft();
        dialect.families().forEach(family -> family.read(annotations, draft));
        return draft;
    }

    /** Where an annotation stands in an Ingress. */
    public String field(AnnotationKey<?> key) {
        return field(key.name());
    }

    private String field(String name) {
        return "metadata.annotations[" + dialect.prefix() + name + "]";
    }

    /** Whether an Ingress has one that is nearly a name of those that keep clients out. */
    public boolean isMeantToRestrict(Ingress ingress) {
        return ingress.annotationNames(dialect.prefix())
                .anyMatch(name -> !dialect.knows(name) && dialect.isMeantToRestrict(name));
    }
}
