package dev.adit.cli;

import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Leaves out of the log what clients could fill it with: where a connection of HTTP/2 is broken while a stream is being
 * reset, Vert.x fails over streams that are none of its own. Nothing depends on it: the streams are ended all the same.
 */
@LoggingFilter(name = "known-faults")
public final class KnownFaults implements Filter {
    private static final String WHERE = "io.vertx.core.http.impl.Http2ConnectionBase";

    @Override
    public boolean isLoggable(LogRecord logged) {
        return !(logged.getThrown() instanceof NullPointerException fault)
                || fault.getStackTrace().length == 0
                || !fault.getStackTrace()[0].getClassName().equals(WHERE)
                || !fault.getStackTrace()[0].getMethodName().equals("onConnectionError");
    }
}
