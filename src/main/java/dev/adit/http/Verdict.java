package dev.adit.http;

import dev.adit.match.Generation;
import dev.adit.routing.ClientAuthorities;
import dev.adit.routing.FieldValue;
import dev.adit.routing.Route;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.routing.upstream.UpstreamPolicy;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the live generation says about a request. */
public sealed interface Verdict {
    /** Send it to one of the endpoints, of which there is at least one. */
    record Forward(
            UpstreamId upstream,
            UpstreamPolicy policy,
            List<Endpoint> endpoints,
            RouteOrigin origin,
            Optional<FieldValue> hsts)
            implements Verdict {}

    record Refuse(ProxyError error) implements Verdict {}

    /** Send the client to the same URL with TLS. */
    record Redirect(FieldValue location) implements Verdict {}

    /** Whether the client of a connection may have what needs a certificate. */
    @FunctionalInterface
    interface PeerCheck {
        /** Why it may not, or null. */
        @Nullable
        ProxyError refusal(String host, ClientAuthorities required);
    }

    Verdict NOT_READY = new Refuse(ProxyError.NOT_READY);
    Verdict NO_HOST = new Refuse(ProxyError.BAD_HOST);
    Verdict NO_ROUTE = new Refuse(ProxyError.NO_ROUTE);
    Verdict NO_ENDPOINT = new Refuse(ProxyError.NO_ENDPOINT);
    Verdict UNAVAILABLE = new Refuse(ProxyError.ROUTE_UNAVAILABLE);

    /**
     * Judges a request.
     *
     * @param secure whether it came by TLS, maybe that of a trusted proxy
     * @param client who sent it
     */
    static Verdict of(Generation generation, RequestHead head, boolean secure, PeerCheck client) {
        if (generation.number() == 0) {
            return NOT_READY; // not 404: nobody knows yet whether there is a route
        }
        var route = generation.index().match(head.host(), head.path());
        if (route == null) {
            return NO_ROUTE;
        }
        var transport = route.transport();
        if (transport.redirectsToHttps() && !secure) {
            // A request of HTTP/1.0 without Host has no URL to be sent to.
            return head.authority().isEmpty() ? NO_HOST : new Redirect(head.secureUrl());
        }
        if (transport.clients().isPresent()) {
            var refusal = client.refusal(head.host(), transport.clients().get());
            if (refusal != null) {
                return new Refuse(refusal);
            }
        }
        return switch (route.action()) {
            case Route.Action.Unavailable _ -> UNAVAILABLE;
            case Route.Action.Forward(var upstream, var policy) -> {
                var endpoints = generation.endpoints().of(upstream);
                yield endpoints.isEmpty()
                        ? NO_ENDPOINT
                        : new Forward(
                                upstream,
                                policy,
                                endpoints,
                                route.origin(),
                                secure ? transport.hsts() : Optional.empty());
            }
        };
    }
}
