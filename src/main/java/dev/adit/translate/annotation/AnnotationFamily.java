package dev.adit.translate.annotation;

import dev.adit.routing.policy.Policy;
import java.util.List;

/** Annotations that belong together, and all that is to be known of them. */
public interface AnnotationFamily {
    List<AnnotationKey<?>> keys();

    /**
     * Adds what they mean to the routes of an Ingress: every value that is a policy. What takes other objects to be
     * understood is none.
     */
    default void read(Annotations of, RouteDraft into) {
        for (var key : keys()) {
            of.get(key).filter(Policy.class::isInstance).map(Policy.class::cast).ifPresent(into::add);
        }
    }
}
