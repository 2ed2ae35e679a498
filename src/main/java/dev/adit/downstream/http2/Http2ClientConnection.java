package dev.adit.downstream.http2;

import dev.adit.exchange.Admission;
import dev.adit.exchange.ClientConnection;
import dev.adit.exchange.EventLoopContext;
import dev.adit.exchange.Exchange;
import dev.adit.exchange.RefusedRequest;
import dev.adit.http.Client;
import dev.adit.http.Refusal;
import dev.adit.http.codec.Framing;
import dev.adit.http.codec.frames.FrameSender;
import dev.adit.http.codec.frames.WholeFrames;
import dev.adit.overload.ConnectionMemory;
import dev.adit.overload.MemoryBudget;
import dev.adit.overload.Owner;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionAdapter;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.flush.FlushConsolidationHandler;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** The requests of one HTTP/2 connection. The listener of Vert.x, which was there before, sees no stream. */
public final class Http2ClientConnection extends Http2FrameListenerDecorator
        implements ClientConnection, LingeringClose.Connection {
    private static final long GO_AWAY_MILLIS = 500;
    private static final int FLUSHES = 256; // while what came is read: Netty flushes after each stream it has to reset

    private final EventLoopContext loop;
    private final Client client;
    private final ChannelHandlerContext context;
    private final Http2Connection streams;
    private final ErrorGuard errors;
    private final FrameSender frames;
    private final StartQueue arrivals;
    private final StartQueue.Line requests = new StartQueue.Line();
    private final StreamMemory memory;
    private final Owner owner;
    private final Http2Connection.PropertyKey own;
    private long idleSince = System.nanoTime();
    private boolean hasEnded;

    private Http2ClientConnection(
            Http2FrameListener behind,
            Http2ConnectionHandler handler,
            ChannelHandlerContext context,
            EventLoopContext loop,
            StartQueue arrivals,
            Client client) {
        super(behind);
        this.loop = loop;
        this.client = client;
        this.context = context;
        this.arrivals = arrivals;
        this.streams = handler.connection();
        this.own = streams.newKey();
        this.errors = new ErrorGuard(handler, own);
        this.frames = new FrameSender(handler, context, errors);
        WholeFrames.take(handler, context);
        this.memory =
                new StreamMemory(loop.memory(), streams, stream -> frames.reset(stream, Http2Error.ENHANCE_YOUR_CALM));
        this.owner = new Owner(client.address(), this);
    }

    /** Listens before Vert.x's listener from now on. */
    public static void attach(
            ChannelHandlerContext context, EventLoopContext loop, StartQueue arrivals, Client client) {
        var handler = (Http2ConnectionHandler) context.handler();
        var behind = handler.decoder().frameListener();
        var listener = new Http2ClientConnection(behind, handler, context, loop, arrivals, client);
        handler.decoder().frameListener(listener);
        handler.encoder().lifecycleManager(listener.errors);
        handler.connection().addListener(new Http2ConnectionAdapter() {
            @Override
            public void onStreamClosed(Http2Stream stream) {
                listener.closed(stream);
            }
        });
        context.pipeline().addFirst(new LingeringClose(listener));
        context.pipeline().addBefore(context.name(), null, new FlushConsolidationHandler(FLUSHES, true));
        context.pipeline().addBefore(context.name(), null, new LastFrames(listener));
        // The first one of all, so that what it ends ends at once.
        context.pipeline().addFirst(listener.memory(context.pipeline().get(FrameGuard.class)));
        loop.clients().add(listener);
        context.channel().closeFuture().addListener(_ -> loop.clients().remove(listener));
        if (loop.isEnding()) {
            listener.drain();
        }
    }

    private ConnectionMemory memory(@Nullable FrameGuard guard) {
        IntSupplier input = guard == null ? () -> 0 : guard::heldBytes;
        return new ConnectionMemory(loop.memory(), () -> owner, input, memory::flushed);
    }

    Client client() {
        return client;
    }

    FrameSender frames() {
        return frames;
    }

    MemoryBudget memory() {
        return loop.memory();
    }

    @Override
    public void sweep(long now) {
        if (streams.numActiveStreams() == 0) {
            if (now - idleSince > loop.limits().idle().toNanos()) {
                var _ = context.channel().close(); // which says GOAWAY
            }
            return;
        }
        errors.forEachStream(stream -> {
            var request = request(stream);
            if (request != null) {
                request.sweep(now);
            }
        });
    }

    /** In two steps (RFC 9113 §6.8): what the client has sent before it hears of it is still served. */
    @Override
    public void drain() {
        frames.goAway(Integer.MAX_VALUE, Http2Error.NO_ERROR);
        Runnable close = () -> {
            frames.goAway(streams.remote().lastStreamCreated(), Http2Error.NO_ERROR);
            var _ = context.channel().close(); // which waits for those streams
        };
        var timer = context.executor().schedule(close, GO_AWAY_MILLIS, TimeUnit.MILLISECONDS);
        var _ = context.channel().closeFuture().addListener(_ -> timer.cancel(false));
    }

    @Override
    public void onHeadersRead(
            ChannelHandlerContext from,
            int streamId,
            Http2Headers section,
            int dependency,
            short weight,
            boolean exclusive,
            int padding,
            boolean last) {
        var stream = streams.stream(streamId);
        var begun = request(stream);
        if (begun != null) {
            begun.trailers(section);
        } else if (hasEnded) {
            stream.close(); // what had been read already
        } else {
            begin(stream, section, last);
        }
    }

    @Override
    public int onDataRead(ChannelHandlerContext from, int streamId, ByteBuf data, int padding, boolean last) {
        var request = request(streams.stream(streamId));
        return request == null
                ? data.readableBytes() + padding // of a stream that has been reset
                : request.data(data, padding, last);
    }

    @Override
    public void onRstStreamRead(ChannelHandlerContext from, int streamId, long error) {
        // Told by the end of the stream, and Vert.x knows none of ours.
    }

    private @Nullable Http2Downstream request(@Nullable Http2Stream stream) {
        return stream == null ? null : stream.getProperty(own);
    }

    private void begin(Http2Stream stream, Http2Headers section, boolean last) {
        var request = Http2Heads.request(section);
        if (request == null) {
            loop.refused(RefusedRequest.unanswered(client, Refusal.BAD_SYNTAX));
            frames.reset(stream, Http2Error.PROTOCOL_ERROR);
            return;
        }
        var held = new HeldStream(memory, stream, owner(request));
        memory.add(held);
        var downstream = new Http2Downstream(this, held, request, loop.limits(), last);
        stream.setProperty(own, downstream);
        switch (admit(request, section, last)) {
            case Admission.Refused refused -> {
                loop.refused(RefusedRequest.of(request, Http2Heads.authority(section, request), client, refused));
                downstream.answer(refused.answer());
            }
            case Admission.Admitted admitted ->
                arrivals.add(requests, downstream.serve(new Exchange(loop, downstream, request, admitted)));
        }
    }

    private Owner owner(HttpRequest request) {
        return client.isTrusted()
                ? new Owner(client.addressBehind(request.headers().getAll("x-forwarded-for")), this)
                : owner;
    }

    private Admission admit(HttpRequest request, Http2Headers section, boolean last) {
        var framing = Framing.ofStream(request.headers(), last);
        if (framing.is(Framing.Kind.UNCLEAR)) {
            return Admission.refused(Refusal.BAD_FRAMING);
        }
        var refused = Admission.precheck(request, loop);
        if (refused != null) {
            return refused;
        }
        var parsed = Http2Heads.parse(section, request, loop.policy().slashes());
        return Admission.of(request, parsed, framing, client, loop);
    }

    @Override
    public void fails() {
        hasEnded = true;
        errors.endStreams();
    }

    @Override
    public void ends() {
        if (!hasEnded && !streams.goAwaySent() && context.channel().isActive()) {
            // By an error: Vert.x fails over streams that are none of its own before it has said so.
            frames.goAway(streams.remote().lastStreamCreated(), Http2Error.PROTOCOL_ERROR);
        }
        fails();
    }

    /** Where a handler failed on its way out, streams have been left open. */
    @Override
    public void hasGone() {
        errors.forEachStream(Http2Stream::close);
    }

    private void closed(Http2Stream stream) {
        idleSince = System.nanoTime();
        var request = request(stream);
        if (request != null) {
            request.closed();
        } else if (stream.isHeadersSent()) { // by Netty, to a head that is too large
            loop.refused(RefusedRequest.unread(client, Refusal.FIELDS_TOO_LARGE));
        }
        var held = memory.of(stream);
        if (held != null) {
            held.closed();
        }
    }
}
