package dev.adit.downstream.http1;

import dev.adit.exchange.Admission;
import dev.adit.exchange.ClientConnection;
import dev.adit.exchange.EventLoopContext;
import dev.adit.exchange.RefusedRequest;
import dev.adit.exchange.Upstream;
import dev.adit.http.Client;
import dev.adit.http.ClientClock;
import dev.adit.http.Refusal;
import dev.adit.http.codec.Answer;
import dev.adit.http.codec.KeepAlive;
import dev.adit.http.codec.RequestDecoder;
import dev.adit.overload.Owner;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The requests of one client connection, one after the other. */
public final class Http1ClientConnection extends ChannelInboundHandlerAdapter implements ClientConnection {
    private final EventLoopContext loop;
    private final Client client;
    private final ClientClock clock;
    private final AwaitedHead head;
    private final HeldBytes memory;
    private final PipelinedRequests pipelined = new PipelinedRequests();
    private final CurrentExchange current = new CurrentExchange();
    private @Nullable ResponseChannel response;
    private boolean receiving;
    private boolean takingNext;
    private boolean tunnel;

    /** Stands before Vert.x's handler from now on. */
    public static void attach(ChannelPipeline pipeline, EventLoopContext loop, Client client) {
        var decoder = new RequestDecoder(loop.decoding());
        pipeline.replace("httpDecoder", "httpDecoder", decoder);
        pipeline.addBefore("handler", "adit", new Http1ClientConnection(loop, client, decoder));
    }

    private Http1ClientConnection(EventLoopContext loop, Client client, RequestDecoder decoder) {
        this.loop = loop;
        this.client = client;
        this.clock = new ClientClock(loop.limits());
        this.head = new AwaitedHead(decoder, clock);
        this.memory = new HeldBytes(
                loop.memory(),
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
            timeOut();
        } else {
            response().reset();
        }
        if (!tunnel) { // whose pipeline has no decoder any more
            head.drop();
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

    void done(KeepAlive persists) {
        current.end();
        answered(persists);
    }

    void refuse(Answer answer, HttpRequest request, boolean bodyWithheld) {
        current.end();
        answered(response().refuse(answer, request, bodyWithheld));
    }

    /** Bytes pass from now on between the client and an endpoint, which has switched to another protocol. */
    void switchProtocols(HttpResponse switching, Upstream upstream) {
        if (!loop.responses().writeSwitch(switching)) {
            throw new IllegalStateException("the fields of a switch have been judged before");
        }
        var owner = owner();
        tunnel = true;
        response().write(loop.scratch());
        response().flush();
        memory.close();
        current.end();
        response().reading(true);
        response().context().pipeline().remove("httpEncoder"); // it would take bytes for a body without a head
        upstream.join(response().context(), loop.memory(), owner);
    }

    /** The response cannot be finished, and only the end of the connection tells the client so. */
    void breakOff(boolean endIsFraming) {
        current.end();
        response().breakOff(endIsFraming);
    }

    @Override
    public void sweep(long now) {
        response().sweep(now);
        var over = !tunnel
                && clock.isOver(
                        now, receiving && response().isReading(), response().pendingBytes());
        if (over && (clock.phase() != ClientClock.Phase.REQUEST || !current.fail(Refusal.REQUEST_TIMEOUT))) {
            timeOut();
        }
    }

    /** Says so where something of a head has come; everything else ends without a word. */
    private void timeOut() {
        if (clock.phase() == ClientClock.Phase.HEAD && !response().isClosing()) {
            var answer = Answer.of(Refusal.REQUEST_TIMEOUT);
            loop.refused(RefusedRequest.unread(client, answer));
            response().timeOut(answer);
        } else {
            response().abort();
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
        response = new ResponseChannel(loop, added, memory::update, () -> current.clientWritable(true));
        loop.clients().add(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (tunnel) {
            context.fireChannelRead(message);
        } else if (response().isClosing()) {
            ReferenceCountUtil.release(message);
        } else if (!pipelined.isEmpty() || (message instanceof HttpRequest && (isBusy() || receiving))) {
            pipelined.add(message);
            reading(false);
            if (pipelined.isExcessive()) {
                response().abort();
            }
        } else {
            dispatch(message);
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        if (!tunnel) {
            current.flushRequest();
            head.readComplete();
            refuseOverrun();
            memory.update();
        }
        context.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        current.clientWritable(context.channel().isWritable());
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        loop.clients().remove(this);
        current.clientGone();
        pipelined.release();
        memory.close();
        context.fireChannelInactive();
    }

    /** For example a broken TLS record: what the decoder still holds is not served. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        response().abort();
    }

    private boolean isBusy() {
        return current.isRunning();
    }

    private void dispatch(Object message) {
        if (response().isClosing()) {
            ReferenceCountUtil.release(message);
        } else if (message instanceof HttpRequest request) {
            receiving = true;
            head.whole();
            begin(request);
        } else {
            content((HttpContent) message);
        }
    }

    private void begin(HttpRequest request) {
        switch (RequestChecks.admit(request, client, loop)) {
            case Admission.Refused refused -> {
                var authority = request.headers().get(HttpHeaderNames.HOST);
                loop.refused(RefusedRequest.of(request, authority, client, refused));
                refuse(refused.answer(), request, refused.bodyWithheld());
            }
            case Admission.Admitted admitted ->
                current.begin(loop, new Http1Downstream(loop, client, this, request), request, admitted);
        }
    }

    private void content(HttpContent part) {
        var last = part instanceof LastHttpContent;
        receiving = receiving && !last;
        clock.progress(part.content().readableBytes());
        current.content(part);
        if (last) {
            next();
        }
    }

    private void answered(KeepAlive persists) {
        if (persists == KeepAlive.CLOSE) {
            pipelined.release();
            response().close(!receiving);
            return;
        }
        response().flush();
        reading(true); // the rest of a body that nobody wants any more
        next();
    }

    /** The next request, if the one before has both been received and been answered. */
    private void next() {
        if (takingNext || isBusy() || receiving) {
            return;
        }
        clock.enter(ClientClock.Phase.IDLE);
        if (loop.isEnding() && pipelined.isEmpty()) {
            response().close(true);
            return;
        }
        takingNext = true;
        response().reading(true); // before the loop: whoever takes a request may want it off again
        for (var next = pipelined.poll(true); next != null; next = pipelined.poll(!isBusy() && !receiving)) {
            dispatch(next);
        }
        takingNext = false;
        current.flushRequest();
        reading(response().isReading());
        head.readComplete();
        refuseOverrun();
    }

    /** RFC 6455 §4.1: a client waits for the answer to its upgrade. What it sends before is of neither protocol. */
    private void refuseOverrun() {
        if (current.isUpgrade() && !(pipelined.isEmpty() && head.isUnbegun())) {
            current.fail(Refusal.UPGRADE_OVERRUN);
        }
    }
}
