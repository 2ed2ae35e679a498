package dev.adit.downstream.listener;

import dev.adit.routing.PortUse;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The listeners of Gateways on ports of their own, on all event loops. They come and go with the routing table, and cut nobody: one that
 * goes takes no more connections, and is closed when the last one has ended on every loop. Only where a port gets another use are its
 * connections cut, since nothing is there for them any more.
 *
 * <p>All loops share one socket, which is gone when the last of them has closed it: until then the port is not opened again.
 */
public final class OpenPorts {
    private final List<ProxyVerticle> loops;
    private final Consumer<String> failed;
    private final Map<Integer, Port> ports = new HashMap<>();
    private Map<Integer, PortUse> wanted = Map.of();

    /** One of them. */
    private static final class Port {
        private final PortUse use;
        private boolean isEnding;
        private boolean isClosing;

        Port(PortUse use) {
            this.use = use;
        }
    }

    /**
     * Without any.
     *
     * @param loops that serve them
     * @param failed told, in plain words, of a port that cannot be opened; it is tried again with {@link #again} and {@link #follow}
     */
    public OpenPorts(List<ProxyVerticle> loops, Consumer<String> failed) {
        this.loops = loops;
        this.failed = failed;
    }

    /**
     * Opens the ports that are wanted, and lets all others come to their end; returns at once.
     *
     * @return completes when those are open that can be
     */
    public synchronized Future<Void> follow(Map<Integer, PortUse> uses) {
        wanted = uses;
        Map.copyOf(ports).forEach(this::judge);
        var opening = new ArrayList<Future<Void>>();
        uses.forEach((port, use) -> {
            if (!ports.containsKey(port)) {
                opening.add(open(port, use));
            }
        });
        return Future.join(opening).mapEmpty();
    }

    /** Tries those again that could not be opened. */
    public synchronized void again() {
        follow(wanted);
    }

    private void judge(int number, Port port) {
        if (port.isClosing) {
            return; // what comes then is seen then
        }
        var now = wanted.get(number);
        if (port.use.equals(now)) {
            if (port.isEnding) {
                port.isEnding = false;
                loops.forEach(loop -> loop.resume(number));
            }
        } else if (now != null) {
            close(number, port);
        } else if (!port.isEnding) {
            port.isEnding = true;
            all(loop -> loop.end(number)).onSuccess(_ -> ended(number, port));
        }
    }

    /** No connection is left. */
    private synchronized void ended(int number, Port port) {
        if (port.isEnding && !port.isClosing) {
            close(number, port);
        }
    }

    private void close(int number, Port port) {
        port.isClosing = true;
        all(loop -> loop.close(number)).onComplete(_ -> closed(number, port));
    }

    private synchronized void closed(int number, Port port) {
        ports.remove(number, port);
        var now = wanted.get(number);
        if (now != null && !ports.containsKey(number)) {
            open(number, now);
        }
    }

    private Future<Void> open(int number, PortUse use) {
        var port = new Port(use);
        ports.put(number, port);
        return all(loop -> loop.open(number, use)).otherwise(cause -> {
            failed(number, port, cause);
            return null;
        });
    }

    private void failed(int number, Port port, Throwable cause) {
        failed.accept("cannot listen on port " + number + " for " + port.use + ": " + cause.getMessage());
        synchronized (this) {
            port.isClosing = true;
        }
        all(loop -> loop.close(number)).onComplete(_ -> {
            synchronized (this) {
                ports.remove(number, port);
            }
        });
    }

    private Future<Void> all(Function<ProxyVerticle, Future<Void>> step) {
        return Future.join(loops.stream().map(step).toList()).mapEmpty();
    }
}
