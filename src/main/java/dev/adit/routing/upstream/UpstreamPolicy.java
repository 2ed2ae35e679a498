package dev.adit.routing.upstream;

import java.time.Duration;
import java.util.Optional;

/**
 * How the endpoints of a route are spoken to.
 *
 * @param connectTimeout where the route has one of its own
 * @param responseTimeout likewise, from the end of the request until the head of the response
 * @param tls for endpoints that speak it
 * @param retries when a request is sent to another one
 */
public record UpstreamPolicy(
        UpstreamProtocol protocol,
        Balancing balancing,
        Optional<Duration> connectTimeout,
        Optional<Duration> responseTimeout,
        EndpointTls tls,
        Retries retries) {

    public static final UpstreamPolicy DEFAULT = new UpstreamPolicy(
            UpstreamProtocol.HTTP1,
            new Balancing.RoundRobin(),
            Optional.empty(),
            Optional.empty(),
            EndpointTls.UNVERIFIED,
            Retries.UNSEEN);

    public UpstreamPolicy with(UpstreamProtocol other) {
        return other == protocol
                ? this
                : new UpstreamPolicy(other, balancing, connectTimeout, responseTimeout, tls, retries);
    }

    public UpstreamPolicy with(Balancing other) {
        return new UpstreamPolicy(protocol, other, connectTimeout, responseTimeout, tls, retries);
    }

    public UpstreamPolicy with(EndpointTls other) {
        return new UpstreamPolicy(protocol, balancing, connectTimeout, responseTimeout, other, retries);
    }

    public UpstreamPolicy with(Retries other) {
        return new UpstreamPolicy(protocol, balancing, connectTimeout, responseTimeout, tls, other);
    }

    /** With these limits of time. */
    public UpstreamPolicy within(Optional<Duration> connect, Optional<Duration> response) {
        return new UpstreamPolicy(protocol, balancing, connect, response, tls, retries);
    }

    /** All of it, the defaults of the whole proxy apart. */
    public String text() {
        return balancing.text() + byProtocol() + times() + tls.text() + retries;
    }

    /** What differs from HTTP/1.1, taking turns and the defaults; empty when nothing does. */
    @Override
    public String toString() {
        return byProtocol()
                + (balancing instanceof Balancing.RoundRobin ? "" : ", " + balancing.text())
                + times()
                + tls.text()
                + retries;
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
