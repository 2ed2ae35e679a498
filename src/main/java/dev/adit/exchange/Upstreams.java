package dev.adit.exchange;

import dev.adit.overload.Claim;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.EndpointTls;
import dev.adit.routing.upstream.UpstreamProtocol;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The connections of one event loop to all endpoints. */
public interface Upstreams {
    /** The connections to one endpoint, by one way of speaking to it. */
    Pool pool(Target target);

    /**
     * An endpoint and how it is spoken to.
     *
     * @param tls for an endpoint that speaks it
     * @param isUpgrade whether the connection is to change its protocol, which only one of HTTP/1 can
     */
    record Target(Endpoint endpoint, UpstreamProtocol protocol, EndpointTls tls, boolean isUpgrade) {
        // By hand, as those of ObjectKey: it is looked up with every request.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Target target
                    && protocol == target.protocol
                    && isUpgrade == target.isUpgrade
                    && endpoint.equals(target.endpoint)
                    && tls.equals(target.tls);
        }

        @Override
        public int hashCode() {
            return 31 * endpoint.hashCode() + protocol.hashCode();
        }
    }

    /** What the exchanges with one endpoint share fairly. */
    interface Pool {
        /** Asks for a share: true when the exchange may connect now; else it is told when it may, or that it will not. */
        boolean claim(Claim claim);

        /**
         * Finds the endpoint's end for an exchange whose claim has been granted: at once, or once there is a connection.
         *
         * @param connectTimeout where it is not the one of all
         */
        void connect(Upstream.Waiter waiter, Claim claim, Optional<Duration> connectTimeout);

        /** The exchange needs no endpoint any more, after it has given back the one it had. */
        void release(Claim claim);
    }

    /** Ends what has been unused or has waited for too long, as of {@link System#nanoTime}. */
    void sweep(long now);
}
