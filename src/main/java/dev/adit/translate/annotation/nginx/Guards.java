package dev.adit.translate.annotation.nginx;

import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.Scope;
import java.util.Optional;
import java.util.function.Function;

/** Annotations that keep clients out. */
final class Guards {
    private Guards() {}

    /** One that closes its Ingress where it cannot be read. */
    static <T> AnnotationKey<T> key(
            String name, String allowed, String doc, String otherwise, Function<String, Optional<T>> reading) {
        return new AnnotationKey<>(name, Scope.INGRESS, OnError.CLOSE, true, allowed, doc, otherwise, reading);
    }
}
