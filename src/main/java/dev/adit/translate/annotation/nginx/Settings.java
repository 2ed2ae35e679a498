package dev.adit.translate.annotation.nginx;

import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.Scope;
import java.util.Optional;
import java.util.function.Function;

/** Settings of the ConfigMap of ingress-nginx that no Ingress has. */
final class Settings {
    private Settings() {}

    /** One whose default holds where it cannot be read. */
    static <T> AnnotationKey<T> key(
            String name, String allowed, String doc, String otherwise, Function<String, Optional<T>> reading) {
        return AnnotationKey.of(name, Scope.CLASS, OnError.DEFAULT, allowed, doc, otherwise, reading);
    }

    /** The same for one that is true or false. */
    static AnnotationKey<Boolean> truth(String name, String doc, String otherwise) {
        return key(name, GoValues.TRUTH, doc, otherwise, GoValues::truth);
    }
}
