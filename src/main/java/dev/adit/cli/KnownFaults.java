package dev.adit.cli;

import org.jspecify.annotations.Nullable;

/**
 * What clients could fill the log with: where a connection of HTTP/2 is broken while a stream is being reset, Vert.x fails
 * over streams that are none of its own. Nothing depends on it: the streams are ended all the same.
 */
final class KnownFaults {
    private static final String WHERE = "io.vertx.core.http.impl.Http2ConnectionBase";

    private KnownFaults() {}

    static boolean contain(@Nullable Throwable thrown) {
        return thrown instanceof NullPointerException fault
                && fault.getStackTrace().length > 0
                && fault.getStackTrace()[0].getClassName().equals(WHERE)
                && fault.getStackTrace()[0].getMethodName().equals("onConnectionError");
    }
}
