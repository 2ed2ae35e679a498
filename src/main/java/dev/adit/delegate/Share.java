package dev.adit.delegate;

import dev.adit.overload.FairShares;
import dev.adit.routing.upstream.Endpoint;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;

/** The share of one exchange in the connections to an endpoint: asked for, granted, and given back. */
final class Share {
    /** Why an exchange has got no connection. */
    static final class RefusedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        RefusedException() {
            super("too many requests wait for the endpoint", null, false, false);
        }
    }

    private final EndpointShares all;
    private final FairShares endpoint;
    // What follows asks Vert.x for a connection, which has to be one of this event loop.
    private final Promise<Void> granted = ContextInternal.current().promise();
    private boolean connecting;

    Share(EndpointShares all, Endpoint endpoint) {
        this.all = all;
        this.endpoint = all.of(endpoint);
    }

    Future<Void> claim(Exchange exchange) {
        all.begin(exchange);
        if (endpoint.claim(exchange)) {
            granted();
        }
        return granted.future();
    }

    void granted() {
        connecting = true;
        granted.tryComplete();
    }

    /** Whether it was still waited for. */
    boolean refused() {
        return granted.tryFail(new RefusedException());
    }

    void connecting(boolean on) {
        connecting = on;
    }

    /** Whether it could be given back now. */
    boolean giveBack(Exchange exchange) {
        if (connecting) {
            return false;
        }
        all.end(exchange);
        endpoint.release(exchange);
        refused();
        return true;
    }
}
