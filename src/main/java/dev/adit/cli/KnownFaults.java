package dev.adit.cli;

import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** What is logged by others, and nobody has to know. */
final class KnownFaults {
    private static final String WHERE = "io.vertx.core.http.impl.Http2ConnectionBase";
    private static final String ENDED = "event executor terminated";

    private KnownFaults() {}

    static boolean contain(@Nullable Throwable thrown) {
        return isOfOtherStreams(thrown) || isOfTheEnd(thrown);
    }

    /**
     * What clients could fill the log with: where a connection of HTTP/2 is broken while a stream is being reset, Vert.x fails over
     * streams that are none of its own. Nothing depends on it: the streams are ended all the same.
     */
    private static boolean isOfOtherStreams(@Nullable Throwable thrown) {
        return thrown instanceof NullPointerException fault
                && fault.getStackTrace().length > 0
                && fault.getStackTrace()[0].getClassName().equals(WHERE)
                && fault.getStackTrace()[0].getMethodName().equals("onConnectionError");
    }

    /** When Adit ends, one event loop may still report to another that has ended already. Nobody waits for it. */
    private static boolean isOfTheEnd(@Nullable Throwable thrown) {
        return thrown instanceof RejectedExecutionException rejected && ENDED.equals(rejected.getMessage());
    }
}
