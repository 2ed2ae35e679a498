package dev.adit.downstream.http1;

import dev.adit.exchange.EventLoopContext;
import dev.adit.http.codec.Answer;
import dev.adit.http.codec.DenseBuffer;
import dev.adit.http.codec.HeadBuffer;
import dev.adit.http.codec.KeepAlive;
import dev.adit.overload.Output;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;

/** The way out to one client: past Netty's encoder, since heads and bodies are written as bytes. */
final class ResponseChannel {
    // From here on the client may be slow, and what is written may have to be kept.
    private static final int UNREAD = 16_384;
    private static final long LINGER_NANOS = 2_000_000_000L;

    private final EventLoopContext loop;
    private final ChannelHandlerContext own;
    private final ChannelHandlerContext out;
    private final Runnable flushed;
    private final Runnable drained;
    private boolean isDraining;
    private boolean closing;
    private long lingeringSince;

    /**
     * The way out of a connection.
     *
     * @param flushed runs after each flush
     * @param drained runs when the client has taken all, if it was not writable for anything else
     */
    ResponseChannel(EventLoopContext loop, ChannelHandlerContext own, Runnable flushed, Runnable drained) {
        this.drained = drained;
        this.loop = loop;
        this.flushed = flushed;
        this.own = own;
        this.out = own.pipeline().context("httpEncoder");
    }

    ChannelHandlerContext context() {
        return own;
    }

    boolean isWritable() {
        if (!own.channel().isWritable()) {
            return false;
        }
        var allowance = loop.memory().allowance();
        if (allowance >= own.channel().config().getWriteBufferHighWaterMark() || pendingBytes() < allowance) {
            return true;
        }
        awaitDrained();
        return false;
    }

    /** Netty tells when its own marks are passed, which are higher than what may be held now. */
    private void awaitDrained() {
        if (!isDraining) {
            isDraining = true;
            out.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> {
                isDraining = false;
                drained.run();
            });
        }
    }

    /** Whether nothing more is read as a request. */
    boolean isClosing() {
        return closing;
    }

    boolean isReading() {
        return own.channel().config().isAutoRead();
    }

    void reading(boolean on) {
        var config = own.channel().config();
        if (config.isAutoRead() != on) {
            config.setAutoRead(on);
        }
    }

    void write(HeadBuffer head) {
        var _ = out.write(head.copy(out.alloc()), out.voidPromise());
    }

    void write(HttpContent part, boolean chunked, boolean trailers) {
        var kept = pendingBytes() < UNREAD ? part : DenseBuffer.of(part);
        loop.bodies().write(out, kept, chunked, trailers);
    }

    void flush() {
        out.flush();
        flushed.run();
    }

    /** Answers in the place of an upstream; returns how the connection goes on. */
    KeepAlive refuse(Answer answer, HttpRequest request, boolean bodyWithheld) {
        var persistence =
                answer.isEnding() || bodyWithheld || loop.isDraining() ? KeepAlive.CLOSE : KeepAlive.of(request);
        refuse(answer, request.method().equals(HttpMethod.HEAD), persistence);
        return persistence;
    }

    /** Says that a head took too long, and ends. */
    void timeOut(Answer answer) {
        refuse(answer, false, KeepAlive.CLOSE);
        close(true);
    }

    private void refuse(Answer answer, boolean toHead, KeepAlive persistence) {
        loop.responses().write(answer, toHead, persistence);
        write(loop.scratch());
    }

    /**
     * Closes after what has been written.
     *
     * @param received whether the client has nothing more to send: otherwise it is given a moment to read the answer,
     *     which a reset would take from it (RFC 9112 §9.6)
     */
    void close(boolean received) {
        closing = true;
        var written = out.writeAndFlush(Unpooled.EMPTY_BUFFER);
        if (received || !(own.channel() instanceof DuplexChannel duplex)) {
            written.addListener(ChannelFutureListener.CLOSE);
        } else {
            reading(true);
            written.addListener(_ -> shutdown(duplex));
        }
    }

    private void shutdown(DuplexChannel duplex) {
        lingeringSince = System.nanoTime();
        var _ = duplex.shutdownOutput();
    }

    /** What is written but has not left yet. */
    long pendingBytes() {
        return Output.pendingBytes(own.channel());
    }

    /**
     * Ends in the middle of a body.
     *
     * @param endIsFraming whether an ordinary end would be taken for that of the body: then it is a reset, and in TLS one
     *     without a farewell
     */
    void breakOff(boolean endIsFraming) {
        if (endIsFraming) {
            reset();
        } else {
            abort();
        }
    }

    /** Ends at once, without the bytes that have not left yet, and without a farewell of TLS. */
    void reset() {
        closing = true;
        Output.resetOnClose(own.channel());
        if (own.channel().isOpen()) {
            var _ = own.pipeline().firstContext().close();
        }
    }

    void abort() {
        closing = true;
        var _ = own.close();
    }

    void sweep(long now) {
        if (closing && lingeringSince != 0 && now - lingeringSince > LINGER_NANOS) {
            var _ = own.close();
        }
    }
}
