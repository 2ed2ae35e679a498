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

    /** What differs from HTTP/1.1, taking turns and the defaults; empty when nothing does. */
    @Override
    public String toString() {
        var text = new StringBuilder();
        if (protocol != UpstreamProtocol.HTTP1) {
            text.append(" by ").append(protocol);
        }
        if (!(balancing instanceof Balancing.RoundRobin)) {
            text.append(", ").append(balancing.text());
        }
        connectTimeout.ifPresent(
                t -> text.append(", connects in ").append(t.toMillis()).append(" ms"));
        responseTimeout.ifPresent(
                t -> text.append(", responds in ").append(t.toMillis()).append(" ms"));
        return text.toString();
    }
}
