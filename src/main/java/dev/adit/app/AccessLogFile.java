package dev.adit.app;

import dev.adit.observe.ExchangeObserver;
import dev.adit.observe.LineCounts;
import dev.adit.observe.log.AccessLog;
import dev.adit.observe.log.AccessLogOptions;
import java.io.IOException;
import org.jboss.logging.Logger;

/** The access log of this process. */
final class AccessLogFile implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("dev.adit");
    private static final String REOPEN = "USR1";

    private final AccessLog log;

    /**
     * Begins it.
     *
     * @throws StartException if its file cannot be written
     */
    AccessLogFile(AccessLogOptions options) throws StartException {
        log = new AccessLog(options);
        try {
            log.start();
        } catch (IOException e) {
            throw new StartException(
                    "--access-log-file: '%s' cannot be written: %s. Give a file in a folder that Adit may write to"
                            .formatted(options.file().orElseThrow(), e.getMessage()),
                    e);
        }
        reopenAtSignal();
    }

    private void reopenAtSignal() {
        try {
            Signals.at(REOPEN, log::reopen);
        } catch (ReflectiveOperationException | RuntimeException e) {
            LOG.warnf(
                    "SIG%s does not open the access log again: %s. It is opened again when it has been moved away",
                    REOPEN, e);
        }
    }

    LineCounts counts() {
        return log;
    }

    ExchangeObserver register() {
        return log.register();
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
