package dev.adit.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.RejectedExecutionException;
import java.util.logging.Level;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.ExtLogRecord.FormatStyle;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.junit.jupiter.api.Test;

class LogFilterTest {
    private static final String VERTX = "io.vertx.core.http.impl.Http2ConnectionBase";
    private static final String FORGED = "a\n12:00:00.000 ERROR forged\u001b[2J\u009b\u2028\u202e";
    private static final String SHOWN = "a\\n12:00:00.000 ERROR forged\\u001b[2J\\u009b\\u2028\\u202e";

    private final LogFilter filter = new LogFilter();

    @Test
    void what_clients_could_fill_the_log_with_is_left_out_and_nothing_else() {
        assertThat(isLogged(fault(VERTX, "onConnectionError"))).isFalse();
        assertThat(isLogged(fault(VERTX, "onHeadersRead"))).isTrue();
        assertThat(isLogged(fault("dev.adit.exchange.Exchange", "onConnectionError")))
                .isTrue();
        assertThat(isLogged(new NullPointerException())).isTrue();
        assertThat(isLogged(null)).isTrue();
    }

    @Test
    void what_one_event_loop_reports_to_another_that_has_ended_is_left_out() {
        assertThat(isLogged(new RejectedExecutionException("event executor terminated")))
                .isFalse();
        assertThat(isLogged(new RejectedExecutionException("queue is full"))).isTrue();
    }

    @Test
    void one_message_is_one_line_whoever_logs_it() {
        assertThat(shown("io.vertx.core", FORGED, null)).isEqualTo(SHOWN + "\n");
        assertThat(shown("dev.adit.control.ChangeLog", FORGED, null)).isEqualTo(SHOWN + "\n");
        assertThat(shown("io.netty", "x\n%s", null, FORGED)).isEqualTo("x\\n" + SHOWN + "\n");
        assertThat(shown("dev.adit", "plain, 100 %", null)).isEqualTo("plain, 100 %\n");
    }

    @Test
    void our_own_formats_may_have_lines_and_what_is_written_into_them_has_none() {
        assertThat(shown("dev.adit", "one\ntwo %s of %d", null, FORGED, 3)).isEqualTo("one\ntwo " + SHOWN + " of 3\n");
    }

    @Test
    void the_lines_of_a_stack_stay_and_its_messages_are_one_each() {
        var cause = new IllegalStateException(FORGED);
        var thrown = new IllegalArgumentException("outer\nline", cause);
        thrown.addSuppressed(new RuntimeException(FORGED, thrown));
        var shown = shown("io.netty", "failed", thrown);
        assertThat(shown)
                .contains("IllegalArgumentException: outer\\nline\n")
                .contains("Caused by: java.lang.IllegalStateException: " + SHOWN + "\n")
                .contains("Suppressed: java.lang.RuntimeException: " + SHOWN + "\n")
                .contains("\tat dev.adit.cli.LogFilterTest.");
        assertThat(shown.lines()).noneMatch(line -> line.startsWith("12:00:00.000 ERROR forged"));
    }

    private String shown(String logger, String message, Throwable thrown, Object... parameters) {
        var logged = new ExtLogRecord(
                Level.WARNING, message, parameters.length == 0 ? FormatStyle.NO_FORMAT : FormatStyle.PRINTF, "");
        logged.setLoggerName(logger);
        logged.setParameters(parameters.length == 0 ? null : parameters);
        logged.setThrown(thrown);
        assertThat(filter.isLoggable(logged)).isTrue();
        return new PatternFormatter("%s%e%n").format(logged);
    }

    private boolean isLogged(Throwable thrown) {
        var logged = new ExtLogRecord(Level.WARNING, "An exception was thrown by a listener", "");
        logged.setThrown(thrown);
        return filter.isLoggable(logged);
    }

    private static NullPointerException fault(String type, String method) {
        var fault = new NullPointerException();
        fault.setStackTrace(new StackTraceElement[] {new StackTraceElement(type, method, null, 1)});
        return fault;
    }
}
