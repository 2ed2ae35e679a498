package dev.adit.translate.annotation.nginx;

import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.Scope;
import java.util.Optional;
import java.util.function.Function;

/** Annotations that keep clients out, or say how. */
final class Guards {
    private Guards() {}

    /** One that closes its Ingress where it cannot be read. */
    static <T> AnnotationKey<T> key(
            String name, String allowed, String doc, String otherwise, Function<String, Optional<T>> reading) {
        return new AnnotationKey<>(name, Scope.INGRESS, OnError.CLOSE, true, allowed, doc, otherwise, reading);
    }

    /** One that says how, and nothing where no other keeps clients out. It closes its Ingress where it cannot be read. */
    static <T> AnnotationKey<T> manner(
            String name, String allowed, String doc, String otherwise, Function<String, Optional<T>> reading) {
        return new AnnotationKey<>(name, Scope.INGRESS, OnError.CLOSE, false, allowed, doc, otherwise, reading);
    }
}
