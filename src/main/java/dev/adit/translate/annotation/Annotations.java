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
    private final Dialect dialect;
    private final Map<String, String> texts;
    private final @Nullable Annotations behind;
    private final Sink problems;
    private final Map<AnnotationKey<?>, Optional<?>> read = new HashMap<>();
    private boolean isRefused;

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
        this.dialect = dialect;
        this.texts = texts;
        this.behind = behind;
        this.problems = problems;
        texts.keySet().stream()
                .filter(name -> !dialect.knows(name))
                .forEach(name -> problems.add(name, Reason.ANNOTATION_UNKNOWN, dialect.unknown(name)));
        dialect.keys().forEach(this::get);
    }

    /** In which they are written. */
    public Dialect dialect() {
        return dialect;
    }

    /** Whether one of them is such that nothing may be served. */
    public boolean isRefused() {
        return isRefused || (behind != null && behind.isRefused());
    }

    /** Whether the object itself has one, whatever it says. */
    public boolean has(AnnotationKey<?> key) {
        return dialect.has(key) && texts.containsKey(key.name());
    }

    /** What one of them says, or else what the class says; nothing where it is of another dialect. */
    @SuppressWarnings("unchecked") // what is kept by a key has been read by it
    public <T> Optional<T> get(AnnotationKey<T> key) {
        var text = dialect.has(key) ? texts.get(key.name()) : null;
        if (text != null) {
            var own = (Optional<T>) read.computeIfAbsent(key, _ -> read(key, text));
            if (own.isPresent()) {
                return own;
            }
        }
        return behind == null ? Optional.empty() : behind.get(key);
    }

    /** What the class says of one of them, whatever the object says. */
    public <T> Optional<T> ofClass(AnnotationKey<T> key) {
        return behind == null ? Optional.empty() : behind.get(key);
    }

    private <T> Optional<T> read(AnnotationKey<T> key, String text) {
        if (text.length() > Bounds.SETTING && key.onError() != OnError.CLOSE) {
            var message = "is " + text.length() + " characters long, and the limit is " + Bounds.SETTING + "; "
                    + key.allowed();
            return invalid(key, message);
        }
        var value = key.reading().apply(text.strip());
        return value.isPresent() ? value : invalid(key, "'" + shown(text) + "' is not valid; " + key.allowed());
    }

    private <T> Optional<T> invalid(AnnotationKey<T> key, String message) {
        // ingress-nginx refuses an Ingress for what is written, and not for what is left empty.
        var isIgnored = key.onError() == OnError.REFUSE
                && texts.getOrDefault(key.name(), "").isBlank();
        switch (isIgnored ? OnError.DEFAULT : key.onError()) {
            case HOLD_BACK -> problems.add(key.name(), Reason.ANNOTATION_INVALID, message);
            case DEFAULT ->
                problems.add(
                        key.name(),
                        Reason.ANNOTATION_DEFAULTED,
                        message + ". Until then this holds: " + key.otherwise());
            case REFUSE, CLOSE -> {
                isRefused = true;
                problems.add(key.name(), Reason.ANNOTATION_INVALID, message + ". Until then its paths answer 503");
            }
        }
        return Optional.empty();
    }

    private static String shown(String text) {
        return text.length() <= Bounds.SETTING ? text : text.substring(0, Bounds.SETTING) + "…";
    }
}
