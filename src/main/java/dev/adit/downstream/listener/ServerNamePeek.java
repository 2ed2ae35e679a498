package dev.adit.downstream.listener;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.util.concurrent.Future;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Looks at the name that a handshake asks for, before anybody answers it; what has been read is read again. */
final class ServerNamePeek extends AbstractSniHandler<Boolean> {
    // Of a hello; with post-quantum keys and a ticket they have 2 kB.
    private static final int MOST_BYTES = 1 << 16;
    // A record of TLS with one fatal alert, no_application_protocol (RFC 8446 §6.2).
    private static final byte[] NO_APPLICATION_PROTOCOL = {21, 3, 3, 0, 2, 2, 120};

    private final Takeover takeover;
    private final BiConsumer<String, ClientHello> terminate;
    private ClientHello said = ClientHello.UNREADABLE;

    /** Takes connections whose requests are not read here. */
    @FunctionalInterface
    interface Takeover {
        /** Whether it has taken this one. */
        boolean takes(Channel client, String serverName, ClientHello hello);
    }

    /**
     * Peeks once.
     *
     * @param takeover asked first
     * @param terminate what happens to every other
     */
    ServerNamePeek(long timeoutMillis, Takeover takeover, BiConsumer<String, ClientHello> terminate) {
        super(MOST_BYTES, timeoutMillis);
        this.takeover = takeover;
        this.terminate = terminate;
    }

    @Override
    protected Future<Boolean> lookup(ChannelHandlerContext context, @Nullable ByteBuf hello) throws Exception {
        said = hello == null ? ClientHello.UNREADABLE : ClientHello.of(hello);
        return super.lookup(context, hello);
    }

    @Override
    protected Future<Boolean> lookup(ChannelHandlerContext context, String serverName) {
        var name = serverName == null ? "" : serverName;
        return context.executor().newSucceededFuture(takeover.takes(context.channel(), name, said));
    }

    @Override
    protected void onLookupComplete(ChannelHandlerContext context, String serverName, Future<Boolean> passed) {
        if (!passed.getNow() && said.isForeign()) {
            // So that an attacker cannot send clients of another protocol here (RFC 7301 §3.2, ALPACA).
            context.writeAndFlush(Unpooled.wrappedBuffer(NO_APPLICATION_PROTOCOL))
                    .addListener(ChannelFutureListener.CLOSE);
            return;
        }
        if (!passed.getNow()) {
            terminate.accept(serverName == null ? "" : serverName, said);
        }
        context.pipeline().remove(this);
    }
}
