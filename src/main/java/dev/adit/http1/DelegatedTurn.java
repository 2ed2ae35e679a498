package dev.adit.http1;

import dev.adit.wire.Persistence;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;

/** Whether the request in progress is with Vert.x's handler, and how far that is with it. */
final class DelegatedTurn {
    private boolean running;
    private boolean upgrading;
    private boolean abandoned;
    private boolean answered;
    private boolean tunnel;
    private boolean last;

    /** A request begins; maybe one that asks for another protocol. */
    void begin(HttpRequest request, boolean isUpgrade) {
        running = true;
        upgrading = isUpgrade;
        answered = false;
        last = Persistence.of(request) == Persistence.CLOSE;
    }

    /** Whether the request or the answer ends the connection (RFC 9112 §9.6). */
    boolean isLast() {
        return last;
    }

    /** Whether the client has to wait for the answer, since nobody knows yet what its next bytes are. */
    boolean isUpgrading() {
        return upgrading;
    }

    /** The connection ends with another answer, and nothing that Vert.x writes leaves any more. */
    void abandon() {
        upgrading = false;
        abandoned = true;
    }

    /** True when what Vert.x writes leaves no more. */
    boolean drops(Object message, ChannelPromise promise) {
        if (abandoned) {
            ReferenceCountUtil.release(message);
            var _ = promise.isVoid() || promise.tryFailure(new ClosedChannelException());
        }
        return abandoned;
    }

    boolean isRunning() {
        return running;
    }

    /** Whether the connection has changed its protocol, and the turn never ends. */
    boolean isTunnel() {
        return tunnel;
    }

    /** Takes note of what Vert.x writes; true when it is the last part of its answer. */
    boolean wrote(Object message) {
        if (!running) {
            return false;
        }
        var interim = false;
        if (message instanceof HttpResponse head) {
            interim = head.status().codeClass() == HttpStatusClass.INFORMATIONAL;
            tunnel |= head.status().equals(HttpResponseStatus.SWITCHING_PROTOCOLS);
            last |= !interim && Persistence.of(head) == Persistence.CLOSE;
            upgrading &= interim && !tunnel;
        }
        answered |= message instanceof LastHttpContent && !interim;
        return answered;
    }

    /** Ends the turn, if its request has been both received and answered. */
    void end(boolean received) {
        running = running && !(answered && received);
    }
}
