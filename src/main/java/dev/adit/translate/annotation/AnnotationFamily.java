package dev.adit.translate.annotation;

import java.util.List;

/** Annotations that belong together, and all that is to be known of them. */
public interface AnnotationFamily {
    List<AnnotationKey<?>> keys();

    /** Adds what they mean to the routes of an Ingress; nothing where it takes other objects to say so. */
    default void read(Annotations of, RouteDraft into) {}
}
