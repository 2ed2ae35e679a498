package dev.adit.upstream;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** Connects to an endpoint, and says on the event loop how that went. */
public final class Dial {
    private Dial() {}

    /**
     * By the loop of the bootstrap, which has one alone.
     *
     * <p>When that has done with all events of its turn, since a new socket takes the number of one that has been closed in
     * it: what epoll had said of the one that is gone would be taken for news of the new one, which Netty then closes.
     */
    public static void connect(Bootstrap bootstrap, InetSocketAddress address, Consumer<ChannelFuture> done) {
        var loop = bootstrap.config().group().next();
        loop.execute(() -> {
            var _ = bootstrap.connect(address).addListener((ChannelFuture connected) -> {
                // Where no socket could be made (no file descriptor left), Netty tells so on a thread of its own.
                if (loop.inEventLoop()) {
                    done.accept(connected);
                } else {
                    loop.execute(() -> done.accept(connected));
                }
            });
        });
    }
}
