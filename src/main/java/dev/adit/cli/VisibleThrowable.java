package dev.adit.cli;

import dev.adit.text.Visible;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An exception as the log shows it: its own lines are those of the stack, and its message is one. */
final class VisibleThrowable extends Throwable {
    private static final long serialVersionUID = 1L;

    private final String text;

    private VisibleThrowable(String text, @Nullable Throwable cause) {
        super(text, cause);
        this.text = text;
    }

    /** The very same where all of it can be shown. */
    static Throwable of(Throwable thrown) {
        return isVisible(thrown, seen()) ? thrown : copy(thrown, seen());
    }

    private static Set<Throwable> seen() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }

    private static boolean isVisible(@Nullable Throwable thrown, Set<Throwable> seen) {
        if (thrown == null || !seen.add(thrown)) {
            return true;
        }
        var text = String.valueOf(thrown);
        if (!Visible.of(text).equals(text) || !isVisible(thrown.getCause(), seen)) {
            return false;
        }
        for (var suppressed : thrown.getSuppressed()) {
            if (!isVisible(suppressed, seen)) {
                return false;
            }
        }
        return true;
    }

    private static @Nullable VisibleThrowable copyOf(@Nullable Throwable thrown, Set<Throwable> seen) {
        return thrown == null || seen.contains(thrown) ? null : copy(thrown, seen);
    }

    private static VisibleThrowable copy(Throwable thrown, Set<Throwable> seen) {
        seen.add(thrown);
        var copy = new VisibleThrowable(Visible.of(String.valueOf(thrown)), copyOf(thrown.getCause(), seen));
        copy.setStackTrace(thrown.getStackTrace());
        for (var suppressed : thrown.getSuppressed()) {
            var visible = copyOf(suppressed, seen);
            if (visible != null) {
                copy.addSuppressed(visible);
            }
        }
        return copy;
    }

    /** With the type of what it stands for. */
    @Override
    @SuppressWarnings("OverrideThrowableToString")
    public String toString() {
        return text;
    }
}
