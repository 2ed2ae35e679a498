package dev.adit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Level;
import java.util.logging.LogRecord;
import org.junit.jupiter.api.Test;

class KnownFaultsTest {
    private static final String VERTX = "io.vertx.core.http.impl.Http2ConnectionBase";

    @Test
    void what_clients_could_fill_the_log_with_is_left_out_and_nothing_else() {
        assertThat(isLogged(fault(VERTX, "onConnectionError"))).isFalse();
        assertThat(isLogged(fault(VERTX, "onHeadersRead"))).isTrue();
        assertThat(isLogged(fault("dev.adit.engine.Exchange", "onConnectionError")))
                .isTrue();
        assertThat(isLogged(new NullPointerException())).isTrue();
        assertThat(isLogged(null)).isTrue();
    }

    private static boolean isLogged(Throwable thrown) {
        var logged = new LogRecord(Level.WARNING, "An exception was thrown by a listener");
        logged.setThrown(thrown);
        return new KnownFaults().isLoggable(logged);
    }

    private static NullPointerException fault(String type, String method) {
        var fault = new NullPointerException();
        fault.setStackTrace(new StackTraceElement[] {new StackTraceElement(type, method, null, 1)});
        return fault;
    }
}
