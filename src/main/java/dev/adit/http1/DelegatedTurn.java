package dev.adit.http1;

import dev.adit.wire.Persistence;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;

/** Whether the request in progress is with Vert.x's handler, and how far that is with it. */
final class DelegatedTurn {
    private boolean running;
    private boolean answered;
    private boolean tunnel;
    private boolean last;

    void begin(HttpRequest request) {
        running = true;
        answered = false;
        last = Persistence.of(request) == Persistence.CLOSE;
    }

    /** Whether the request or the answer ends the connection (RFC 9112 §9.6). */
    boolean isLast() {
        return last;
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
        }
        answered |= message instanceof LastHttpContent && !interim;
        return answered;
    }

    /** Ends the turn, if its request has been both received and answered. */
    void end(boolean received) {
        running = running && !(answered && received);
    }
}
