package dev.adit.state;

import dev.adit.kube.KubeObject;
import dev.adit.supervision.Supervised;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Writes what is served, a while after it has changed, and once more at the end. */
public final class StateKeeper implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(StateKeeper.class);
    // Flash does not like to be written each second, and a state of ten seconds ago serves as well.
    private static final Duration PAUSE = Duration.ofSeconds(10);
    // And no more than this part of a processor goes into it, however much there is.
    private static final int SHARE = 100;
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final StateFile file;
    private final Supplier<Instant> changedAt;
    private final Supplier<Stream<KubeObject>> served;
    private final Supervised thread = new Supervised("adit-state", this::turn);
    private Instant written = Instant.EPOCH;
    private boolean isFailing;

    /**
     * Keeps a file.
     *
     * @param changedAt when what is served changed last; {@link Instant#EPOCH} while it is not to be kept
     * @param served the objects by which it is served
     */
    public StateKeeper(StateFile file, Supplier<Instant> changedAt, Supplier<Stream<KubeObject>> served) {
        this.file = file;
        this.changedAt = changedAt;
        this.served = served;
    }

    public void start() {
        thread.start();
    }

    private void turn() throws InterruptedException {
        var began = System.nanoTime();
        var pause = keep() ? Math.max(PAUSE.toNanos(), SHARE * (System.nanoTime() - began)) : LOOK.toNanos();
        TimeUnit.NANOSECONDS.sleep(pause);
    }

    /** Whether there was anything to write. */
    private synchronized boolean keep() {
        var now = changedAt.get();
        if (now.equals(Instant.EPOCH) || now.equals(written)) {
            return false;
        }
        try (var items = served.get()) {
            file.write(items);
            written = now;
            if (isFailing) {
                LOG.info("The state is kept again");
            }
            isFailing = false;
        } catch (IOException | RuntimeException e) {
            if (!isFailing) {
                LOG.warnf("The state cannot be kept: %s. What was kept before stays; trying again", e);
            }
            isFailing = true;
        }
        return true;
    }

    @Override
    public void close() {
        thread.close();
        var _ = keep();
    }
}
