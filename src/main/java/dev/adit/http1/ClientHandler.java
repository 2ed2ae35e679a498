package dev.adit.http1;

import dev.adit.engine.Admission;
import dev.adit.engine.ClientConnection;
import dev.adit.engine.Engine;
import dev.adit.http.Client;
import dev.adit.http.ClientClock;
import dev.adit.http.ProxyError;
import dev.adit.overload.Owner;
import dev.adit.wire.OwnAnswer;
import dev.adit.wire.Persistence;
import dev.adit.wire.RequestDecoder;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one client connection, one after the other. Those that the engine does not forward itself, such as an
 * upgrade, go on to the handler of Vert.x behind it, which answers before the next one begins.
 */
public final class ClientHandler extends ChannelDuplexHandler implements ClientConnection {
    private final Engine engine;
    private final Client client;
    private final ClientClock clock;
    private final AwaitedHead head;
    private final HeldBytes memory;
    private final Backlog pipelined = new Backlog();
    private final DelegatedTurn delegated = new DelegatedTurn();
    private final CurrentExchange current = new CurrentExchange();
    private @Nullable ResponseChannel response;
    private boolean receiving;
    private boolean takingNext;

    /** Stands before Vert.x's handler from now on. */
    public static void attach(ChannelPipeline pipeline, Engine engine, Client client) {
        var decoder = new RequestDecoder(engine.decoding());
        pipeline.replace("httpDecoder", "httpDecoder", decoder);
        pipeline.addBefore("handler", "adit", new ClientHandler(engine, client, decoder));
    }

    private ClientHandler(Engine engine, Client client, RequestDecoder decoder) {
        this.engine = engine;
        this.client = client;
        this.clock = new ClientClock(engine.limits());
        this.head = new AwaitedHead(decoder, clock);
        this.memory = new HeldBytes(
                engine.memory(),
                this,
                () -> head.held() + pipelined.held() + response().pendingBytes());
    }

    /** By the request that it is in, or else by its address. */
    Owner owner() {
        return current.owner().orElseGet(() -> new Owner(client.address(), this));
    }

    /** The memory is needed for others: ends at once, or where a head is missing with an answer. */
    void giveWay() {
        if (response().pendingBytes() == 0
                && clock.phase() == ClientClock.Phase.HEAD
                && !response().isClosing()) {
            response().timeOut(ClientClock.Phase.HEAD);
        } else {
            response().reset();
        }
    }

    ResponseChannel response() {
        return Objects.requireNonNull(response, "not added to a pipeline yet");
    }

    void reading(boolean on) {
        if (on && !response().isReading()) {
            clock.restart();
        }
        response().reading(on && pipelined.isEmpty());
    }

    void done(Persistence persists) {
        current.end();
        answered(persists);
    }

    void refuse(OwnAnswer answer, HttpRequest request, boolean bodyWithheld) {
        current.end();
        answered(response().refuse(answer, request, bodyWithheld));
    }

    /** The response cannot be finished, and only the end of the connection tells the client so. */
    void breakOff(boolean endIsFraming) {
        current.end();
        response().breakOff(endIsFraming);
    }

    @Override
    public void sweep(long now) {
        response().sweep(now);
        var over = !delegated.isTunnel()
                && clock.isOver(
                        now, receiving && response().isReading(), response().pendingBytes());
        if (over && (clock.phase() != ClientClock.Phase.REQUEST || !current.fail(ProxyError.REQUEST_TIMEOUT))) {
            response().timeOut(clock.phase());
        }
    }

    @Override
    public void drain() {
        if (!isBusy() && !receiving && pipelined.isEmpty() && clock.phase() == ClientClock.Phase.IDLE) {
            response().close(true);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        response = new ResponseChannel(engine, added, memory::update, () -> current.clientWritable(true));
        engine.clients().add(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (response().isClosing()) {
            ReferenceCountUtil.release(message);
        } else if (!(message instanceof HttpObject)) { // the bytes of a tunnel
            context.fireChannelRead(message);
        } else if (!pipelined.isEmpty() || (message instanceof HttpRequest && (isBusy() || receiving))) {
            pipelined.add(message);
            reading(false);
            if (pipelined.isExcessive()) {
                response().abort();
            }
        } else {
            dispatch(context, message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        current.flushRequest();
        head.readComplete();
        refuseOverrun();
        memory.update();
        context.fireChannelReadComplete();
    }

    /**
     * What Vert.x answers to a request that was left to it: the last part ends its turn. If that turn ends the connection,
     * Vert.x closes it when the answer has been sent; no request is served until then.
     */
    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (delegated.drops(message, promise)) {
            return;
        }
        var _ = context.write(message, promise);
        if (delegated.wrote(message)) {
            context.executor().execute(delegated.isLast() ? () -> answered(Persistence.CLOSE) : () -> next(context));
        }
    }

    @Override
    public void flush(ChannelHandlerContext context) {
        context.flush();
        memory.update();
    }

    /** By Vert.x, after an answer that ends the connection: what has been read behind it is no request. */
    @Override
    public void close(ChannelHandlerContext context, ChannelPromise promise) {
        response().closing();
        var _ = context.close(promise);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        current.clientWritable(context.channel().isWritable());
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        engine.clients().remove(this);
        current.clientGone();
        pipelined.release();
        memory.release();
        context.fireChannelInactive();
    }

    /** For example a broken TLS record: what the decoder still holds is not served. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        response().abort();
    }

    private boolean isBusy() {
        return current.isRunning() || delegated.isRunning();
    }

    private void dispatch(ChannelHandlerContext context, Object message) {
        if (response().isClosing()) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof HttpRequest request) {
            receiving = true;
            head.whole();
            begin(context, request);
        } else {
            content(context, (HttpContent) message);
        }
    }

    private void begin(ChannelHandlerContext context, HttpRequest request) {
        switch (RequestChecks.admit(request, client, engine)) {
            case Admission.Refused(var answer, var bodyWithheld) -> refuse(answer, request, bodyWithheld);
            case Admission.Delegated _ -> {
                delegated.begin(request, Delegation.isUpgrade(request));
                context.fireChannelRead(request);
            }
            case Admission.Admitted admitted ->
                current.begin(engine, new Turn(engine, client, this, request, admitted.hsts()), request, admitted);
        }
    }

    private void content(ChannelHandlerContext context, HttpContent part) {
        var last = part instanceof LastHttpContent;
        receiving = receiving && !last;
        clock.progress(part.content().readableBytes());
        if (delegated.isRunning()) {
            context.fireChannelRead(part);
        } else {
            current.content(part);
        }
        if (last) {
            next(context);
        }
    }

    private void answered(Persistence persists) {
        if (persists == Persistence.CLOSE) {
            pipelined.release();
            response().close(!receiving);
            return;
        }
        response().flush();
        reading(true); // the rest of a body that nobody wants any more
        next(response().context());
    }

    /** The next request, if the one before has both been received and been answered. */
    private void next(ChannelHandlerContext context) {
        delegated.end(!receiving);
        if (takingNext || isBusy() || receiving) {
            return;
        }
        clock.enter(ClientClock.Phase.IDLE);
        if (engine.isEnding() && pipelined.isEmpty()) {
            response().close(true);
            return;
        }
        takingNext = true;
        response().reading(true); // before the loop: whoever takes a request may want it off again
        for (var next = pipelined.poll(true); next != null; next = pipelined.poll(!isBusy() && !receiving)) {
            dispatch(context, next);
        }
        takingNext = false;
        current.flushRequest();
        if (delegated.isRunning()) {
            context.fireChannelReadComplete(); // Vert.x flushes then
        }
        reading(response().isReading());
        head.readComplete();
        refuseOverrun();
    }

    /** RFC 6455 §4.1: a client waits for the answer to its upgrade. What it sends before is of neither protocol. */
    private void refuseOverrun() {
        if (delegated.isUpgrading() && !(pipelined.isEmpty() && head.isUnbegun())) {
            delegated.abandon();
            pipelined.release();
            response().refuse(ProxyError.UPGRADE_OVERRUN);
        }
    }
}
