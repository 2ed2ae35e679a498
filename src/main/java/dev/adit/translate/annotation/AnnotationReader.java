package dev.adit.translate.annotation;

import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.translate.Problems;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Stream;

/** The annotations of all Ingresses, each in the dialect of its class. */
public final class AnnotationReader {
    private final Function<Ingress, Annotations> ofClass;
    private final Problems problems;
    private final Map<ObjectKey, Annotations> read = new HashMap<>();
    // Many Ingresses say the same: what that means is there once. In the order of the texts, which can be chosen to
    // have
    // one hash.
    private final IdentityHashMap<Annotations, Map<String, Annotations>> sound = new IdentityHashMap<>();
    private final IdentityHashMap<Annotations, RouteDraft> drafts = new IdentityHashMap<>();

    /**
     * For one translation.
     *
     * @param ofClass what holds for every Ingress of a class that says nothing else; always the same for one class
     */
    public AnnotationReader(Function<Ingress, Annotations> ofClass, Problems problems) {
        this.ofClass = ofClass;
        this.problems = problems;
    }

    /** In which those of an Ingress are written, whatever they say. */
    public Dialect dialect(Ingress ingress) {
        return ofClass.apply(ingress).dialect();
    }

    /** What is wrong with them is told once, however often they are asked for. */
    public Annotations of(Ingress ingress) {
        var behind = ofClass.apply(ingress);
        return ingress.annotations().isEmpty()
                ? behind
                : read.computeIfAbsent(ingress.key(), _ -> read(ingress, behind));
    }

    private Annotations read(Ingress ingress, Annotations behind) {
        var dialect = behind.dialect();
        var texts = dialect.texts(ingress);
        var ofClass = sound.computeIfAbsent(behind, _ -> new TreeMap<>());
        var written = written(texts);
        var known = ofClass.get(written);
        if (known != null) {
            return known;
        }
        var told = new AtomicBoolean();
        var annotations = new Annotations(dialect, texts, behind, (name, reason, message) -> {
            told.set(true);
            problems.add(ingress, field(dialect, name), reason, message);
        });
        if (!told.get()) {
            ofClass.put(written, annotations);
        }
        return annotations;
    }

    /** One text for no two different ones, whatever signs are in them. */
    private static String written(Map<String, String> texts) {
        var written = new StringBuilder();
        texts.forEach((name, text) -> Stream.of(name, text)
                .forEach(part -> written.append(part.length()).append(':').append(part)));
        return written.toString();
    }

    /** What they make of all routes of an Ingress. */
    public RouteDraft draft(Ingress ingress) {
        return drafts.computeIfAbsent(of(ingress), AnnotationReader::draft);
    }

    private static RouteDraft draft(Annotations annotations) {
        var draft = new RouteDraft();
        annotations.dialect().families().forEach(family -> family.read(annotations, draft));
        return draft;
    }

    /** Where an annotation stands in an Ingress. */
    public String field(Ingress ingress, AnnotationKey<?> key) {
        return field(dialect(ingress), key.name());
    }

    private static String field(Dialect dialect, String name) {
        return "metadata.annotations[" + dialect.nameOf(name) + "]";
    }

    /** Whether an Ingress has one that is nearly a name of those that keep clients out. */
    public boolean isMeantToRestrict(Ingress ingress) {
        if (ingress.annotations().isEmpty()) {
            return false;
        }
        var dialect = dialect(ingress);
        return ingress.annotationNames(dialect.prefix())
                .anyMatch(name -> !dialect.knows(name) && dialect.isMeantToRestrict(name));
    }
}
