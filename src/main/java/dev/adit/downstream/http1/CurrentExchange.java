package dev.adit.downstream.http1;

import dev.adit.exchange.Admission;
import dev.adit.exchange.EventLoopContext;
import dev.adit.exchange.Exchange;
import dev.adit.http.Refusal;
import dev.adit.overload.Owner;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The exchange that a connection is in, if it is in one. */
final class CurrentExchange {
    private @Nullable Exchange exchange;

    boolean isRunning() {
        return exchange != null;
    }

    /** Whether it asks for another protocol, and the client has to wait for the answer. */
    boolean isUpgrade() {
        return exchange != null && exchange.isUpgrade();
    }

    void begin(EventLoopContext loop, Http1Downstream turn, HttpRequest request, Admission.Admitted admitted) {
        var begun = new Exchange(loop, turn, request, admitted);
        exchange = begun;
        begun.start();
    }

    /** It is over, for the client. */
    void end() {
        exchange = null;
    }

    /** Whose it is, if there is one. */
    Optional<Owner> owner() {
        return Optional.ofNullable(exchange).map(Exchange::owner);
    }

    void flushRequest() {
        if (exchange != null) {
            exchange.flushRequest();
        }
    }

    void clientWritable(boolean writable) {
        if (exchange != null) {
            exchange.clientWritable(writable);
        }
    }

    void clientGone() {
        var gone = exchange;
        exchange = null;
        if (gone != null) {
            gone.clientGone();
        }
    }

    /** A part of the request's body, which belongs to the exchange from now on; none wants what is left of an answered one. */
    void content(HttpContent part) {
        if (exchange == null) {
            part.release();
        } else if (part.decoderResult().isSuccess()) {
            exchange.requestContent(part);
        } else {
            part.release();
            exchange.fail(Refusal.BAD_FRAMING);
        }
    }

    /** False where there is none that could. */
    boolean fail(Refusal error) {
        if (exchange == null) {
            return false;
        }
        exchange.fail(error);
        return true;
    }
}
