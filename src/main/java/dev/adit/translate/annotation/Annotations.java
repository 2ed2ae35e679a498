package dev.adit.translate.annotation;

import dev.adit.kube.Bounds;
import dev.adit.kube.Problem.Reason;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The annotations of one object, and behind them those of its class. Each is read once, and what is wrong with it is told
 * once.
 */
public final class Annotations {
    private final Map<String, String> texts;
    private final @Nullable Annotations behind;
    private final Sink problems;
    private final Map<AnnotationKey<?>, Optional<?>> read = new HashMap<>();

    /** Takes what is wrong with one of them. */
    @FunctionalInterface
    interface Sink {
        void add(String name, Reason reason, String message);
    }

    /**
     * Reads all that a dialect knows, and tells of what it does not know.
     *
     * @param texts by name, without prefix
     * @param behind what holds where these say nothing, or nothing valid
     */
    Annotations(Dialect dialect, Map<String, String> texts, @Nullable Annotations behind, Sink problems) {
        this.texts = texts;
        this.behind = behind;
        this.problems = problems;
        texts.keySet().stream()
                .filter(name -> !dialect.knows(name))
                .forEach(name -> problems.add(name, Reason.ANNOTATION_UNKNOWN, dialect.unknown(name)));
        dialect.keys().forEach(this::get);
    }

    /** What one of them says, or else what the class says. */
    @SuppressWarnings("unchecked") // what is kept by a key has been read by it
    public <T> Optional<T> get(AnnotationKey<T> key) {
        var text = texts.get(key.name());
        if (text != null) {
            var own = (Optional<T>) read.computeIfAbsent(key, _ -> read(key, text));
            if (own.isPresent()) {
                return own;
            }
        }
        return behind == null ? Optional.empty() : behind.get(key);
    }

    private <T> Optional<T> read(AnnotationKey<T> key, String text) {
        if (text.length() > Bounds.SETTING && key.onError() != OnError.CLOSE) {
            var message = "is " + text.length() + " characters long, and the limit is " + Bounds.SETTING + "; "
                    + key.allowed();
            problems.add(key.name(), Reason.ANNOTATION_INVALID, message);
            return Optional.empty();
        }
        var value = key.reading().apply(text.strip());
        if (value.isEmpty()) {
            problems.add(key.name(), Reason.ANNOTATION_INVALID, "'" + text + "' is not valid; " + key.allowed());
        }
        return value;
    }
}
