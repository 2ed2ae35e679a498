package dev.adit.cli;

import dev.adit.text.Visible;
import io.quarkus.logging.LoggingFilter;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

/**
 * Stands before every handler of the log. Leaves out known faults, and escapes what is not seen in all others, whoever
 * logs them: much of what is logged was written by tenants, clients and endpoints (CWE-117). As SubstituteFilter of the log
 * manager does, it changes the record.
 */
@LoggingFilter(name = "adit")
public final class LogFilter implements Filter {
    private static final String OWN = "dev.adit";

    private final PatternFormatter messages = new PatternFormatter("%s");

    @Override
    public boolean isLoggable(LogRecord logged) {
        if (KnownFaults.contain(logged.getThrown())) {
            return false;
        }
        if (logged.getThrown() != null) {
            logged.setThrown(VisibleThrowable.of(logged.getThrown()));
        }
        if (logged instanceof ExtLogRecord extended) {
            message(extended);
        }
        return true;
    }

    /** The line ends of our own formats stay: what is written into them has none. */
    private void message(ExtLogRecord logged) {
        var parameters = logged.getParameters();
        var name = logged.getLoggerName();
        if (parameters != null && parameters.length > 0 && name != null && name.startsWith(OWN)) {
            var visible = parameters.clone();
            for (var i = 0; i < visible.length; i++) {
                var text = String.valueOf(visible[i]);
                var shown = Visible.of(text);
                visible[i] = shown.equals(text) ? visible[i] : shown;
            }
            logged.setParameters(visible);
            return;
        }
        var text = messages.format(logged);
        var shown = Visible.of(text);
        if (!shown.equals(text)) {
            logged.setMessage(shown, ExtLogRecord.FormatStyle.NO_FORMAT);
        }
    }
}
