package dev.adit.translate.annotation;

import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One annotation of a dialect.
 *
 * @param name without the prefix of the dialect, such as {@code hsts}
 * @param restrictsAccess whether it keeps clients out, so that what is nearly its name closes an Ingress, too
 * @param allowed how a value is written, for whoever wrote another one; begins with a verb in lower case
 * @param doc what it does, for the page in docs
 * @param otherwise what holds without it, likewise
 * @param fidelity how it is served, where another controller reads it, too
 * @param reading reads a text without blanks at its ends; empty where it is not valid. Where the key closes an Ingress
 *     every text means something, and is to be read as what nobody has where it is wrong
 */
public record AnnotationKey<T>(
        String name,
        Scope scope,
        OnError onError,
        boolean restrictsAccess,
        String allowed,
        String doc,
        String otherwise,
        Fidelity fidelity,
        Function<String, Optional<T>> reading) {

    // There is one of each, and it is the key of tables: in a native image the methods of a record are interpreted.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return name.hashCode();
    }

    /** One that is served as elsewhere. */
    public AnnotationKey(
            String name,
            Scope scope,
            OnError onError,
            boolean restrictsAccess,
            String allowed,
            String doc,
            String otherwise,
            Function<String, Optional<T>> reading) {
        this(name, scope, onError, restrictsAccess, allowed, doc, otherwise, new Fidelity.Exact(), reading);
    }

    /** The same, served in this way. */
    public AnnotationKey<T> served(Fidelity other) {
        return new AnnotationKey<>(name, scope, onError, restrictsAccess, allowed, doc, otherwise, other, reading);
    }

    /** One that holds an edit back where it is wrong, and keeps nobody out. */
    public static <T> AnnotationKey<T> of(
            String name,
            Scope scope,
            String allowed,
            String doc,
            String otherwise,
            Function<String, Optional<T>> reading) {
        return new AnnotationKey<>(name, scope, OnError.HOLD_BACK, false, allowed, doc, otherwise, reading);
    }

    /** One with another effect where it is wrong, which keeps nobody out. */
    public static <T> AnnotationKey<T> of(
            String name,
            Scope scope,
            OnError onError,
            String allowed,
            String doc,
            String otherwise,
            Function<String, Optional<T>> reading) {
        return new AnnotationKey<>(name, scope, onError, false, allowed, doc, otherwise, reading);
    }

    /** One that closes an Ingress where it is wrong. */
    public static <T> AnnotationKey<T> closing(
            String name,
            Scope scope,
            boolean restrictsAccess,
            String allowed,
            String doc,
            String otherwise,
            Function<String, T> reading) {
        return new AnnotationKey<>(
                name,
                scope,
                OnError.CLOSE,
                restrictsAccess,
                allowed,
                doc,
                otherwise,
                text -> Optional.of(reading.apply(text)));
    }
}
