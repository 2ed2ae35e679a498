package dev.adit.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.EventExecutor;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * Connections to endpoints that one event loop is to make, in the order in which they are wanted.
 *
 * <p>None while the events of a turn are looked at, since a new socket takes the number of one that has been closed in it:
 * what epoll had said of the one that is gone would be taken for news of the new one, which Netty then closes. And a few
 * in each turn: whoever makes hundreds of requests at once does not have all others wait until all of them have one.
 */
public final class ConnectQueue {
    private static final Logger LOG = Logger.getLogger(ConnectQueue.class);
    private static final int IN_A_TURN = 8;

    private final EventExecutor loop;
    private final Runnable next = this::connect;
    private final Queue<Runnable> wanted = new ArrayDeque<>();

    /** Of one event loop, on which alone it is used. */
    public ConnectQueue(EventExecutor loop) {
        this.loop = loop;
    }

    /**
     * Connects soon, and says on the event loop how that went.
     *
     * @param bootstrap of the same event loop
     */
    public void add(Bootstrap bootstrap, InetSocketAddress address, Consumer<ChannelFuture> done) {
        if (wanted.isEmpty()) {
            loop.execute(next);
        }
        wanted.add(() -> connect(bootstrap, address, done));
    }

    private void connect() {
        try {
            for (var made = 0; made < IN_A_TURN && !wanted.isEmpty(); made++) {
                wanted.remove().run();
            }
        } catch (RuntimeException e) {
            LOG.error("A connection to an endpoint could not be begun", e);
        } finally {
            if (!wanted.isEmpty()) {
                // Not as a task, since those of a turn are all done in it.
                var _ = loop.schedule(next, 0, TimeUnit.NANOSECONDS);
            }
        }
    }

    private void connect(Bootstrap bootstrap, InetSocketAddress address, Consumer<ChannelFuture> done) {
        var _ = bootstrap.connect(address).addListener((ChannelFuture connected) -> {
            // Where no socket could be made (no file descriptor left), Netty tells so on a thread of its own.
            if (loop.inEventLoop()) {
                done.accept(connected);
            } else {
                loop.execute(() -> done.accept(connected));
            }
        });
    }
}
