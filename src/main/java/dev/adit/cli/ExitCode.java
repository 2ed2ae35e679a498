package dev.adit.cli;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Ends with 0 where somebody asked the process to end, and all that it served has come to its end. */
@Singleton
class ExitCode {
    private volatile boolean isServing;
    private volatile boolean hasFailed;

    /** From now on an end is one that was asked for. */
    void serving() {
        isServing = true;
    }

    /** It ends because it cannot go on. */
    void failed() {
        hasFailed = true;
    }

    /**
     * The last of all observers. After a signal the JVM would say 143 whatever its hooks say, which supervisors take for a
     * failure; nothing is left to be closed but what Quarkus itself has open.
     */
    void end(@Observes @Priority(Integer.MAX_VALUE) ShutdownEvent event) {
        if (isServing && !hasFailed && LaunchMode.current() == LaunchMode.NORMAL) {
            Runtime.getRuntime().halt(0);
        }
    }
}
