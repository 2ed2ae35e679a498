package dev.adit.app;

import dev.adit.supervision.Supervised;
import dev.adit.tls.ServerTls;
import dev.adit.tls.TicketKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The file of {@code --ticket-keys}, which is looked at again every few seconds: a mounted Secret changes without a sign. */
final class TicketKeysFile implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(TicketKeysFile.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);

    private final Path file;
    private final ServerTls tls;
    private final Supervised thread = new Supervised("adit-ticket-keys", this::turn);
    private TicketKeys keys;
    private Optional<String> fault = Optional.empty();

    /**
     * Reads it for the first time.
     *
     * @throws StartException if it does not hold what it should
     */
    TicketKeysFile(Path file, ServerTls tls) throws StartException {
        this.file = file;
        this.tls = tls;
        try {
            keys = TicketKeys.read(file);
        } catch (IOException | IllegalArgumentException e) {
            throw new StartException(
                    "--ticket-keys: '%s' cannot be used: %s. It holds one secret in each line, as 'openssl rand -base64 48' makes them"
                            .formatted(file, reason(e)),
                    e);
        }
        if (tls.encryptTickets(keys)) {
            thread.start();
        } else {
            LOG.warnf("--ticket-keys has no effect: TLS by %s takes no keys for its tickets", tls.name());
        }
    }

    private void turn() throws InterruptedException {
        Thread.sleep(AGAIN);
        look();
    }

    /** What cannot be read changes nothing, and is told once. */
    private void look() {
        try {
            var now = TicketKeys.read(file);
            if (!now.equals(keys)) {
                keys = now;
                tls.encryptTickets(now);
                LOG.infof("Session tickets are encrypted by the first of %s in %s", now, file);
            }
            fault = Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            var reason = reason(e);
            if (!fault.equals(Optional.of(reason))) {
                LOG.warnf("--ticket-keys: '%s' cannot be used: %s; the secrets read before stay in use", file, reason);
            }
            fault = Optional.of(reason);
        }
    }

    private static String reason(Exception e) {
        return e instanceof IOException ? e.toString() : String.valueOf(e.getMessage());
    }

    @Override
    public void close() {
        thread.close();
    }
}
