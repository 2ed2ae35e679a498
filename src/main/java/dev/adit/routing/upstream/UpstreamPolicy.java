package dev.adit.routing.upstream;

import java.time.Duration;
import java.util.Optional;

/**
 * How the endpoints of a route are spoken to.
 *
 * @param connectTimeout where the route has one of its own
 * @param responseTimeout likewise, from the end of the request until the head of the response
 */
public record UpstreamPolicy(
        UpstreamProtocol protocol,
        Balancing balancing,
        Optional<Duration> connectTimeout,
        Optional<Duration> responseTimeout) {

    public static final UpstreamPolicy DEFAULT =
            new UpstreamPolicy(UpstreamProtocol.HTTP1, new Balancing.RoundRobin(), Optional.empty(), Optional.empty());

    public UpstreamPolicy with(UpstreamProtocol other) {
        return new UpstreamPolicy(other, balancing, connectTimeout, responseTimeout);
    }

    public UpstreamPolicy with(Balancing other) {
        return new UpstreamPolicy(protocol, other, connectTimeout, responseTimeout);
    }

    /** All of it, the defaults of the whole proxy apart. */
    public String text() {
        return balancing.text() + byProtocol() + times();
    }

    /** What differs from HTTP/1.1, taking turns and the defaults; empty when nothing does. */
    @Override
    public String toString() {
        return byProtocol() + (balancing instanceof Balancing.RoundRobin ? "" : ", " + balancing.text()) + times();
    }

    public String byProtocol() {
        return protocol == UpstreamProtocol.HTTP1 ? "" : " by " + protocol;
    }

    private String times() {
        return connectTimeout.map(t -> ", connects in " + t.toMillis() + " ms").orElse("")
                + responseTimeout
                        .map(t -> ", responds in " + t.toMillis() + " ms")
                        .orElse("");
    }
}
