package dev.adit.http;

import dev.adit.match.Generation;
import dev.adit.routing.FieldValue;
import dev.adit.routing.Regex;
import dev.adit.routing.Route;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.policy.ClientCertificate;
import dev.adit.routing.policy.Hsts;
import dev.adit.routing.policy.HttpsRedirect;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.routing.upstream.UpstreamPolicy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
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

    /** Answer as the route says. */
    record Answer(int status, String reason) implements Verdict {}

    /** Send the client to the same URL with TLS. */
    record Redirect(FieldValue location) implements Verdict {}

    /** Whether the client of a connection may have what needs a certificate. */
    @FunctionalInterface
    interface PeerCheck {
        /** Why it may not, or null. */
        @Nullable
        ProxyError refusal(String host, ClientCertificate required);
    }

    Verdict NOT_READY = new Refuse(ProxyError.NOT_READY);
    Verdict NO_HOST = new Refuse(ProxyError.BAD_HOST);
    Verdict NO_ROUTE = new Refuse(ProxyError.NO_ROUTE);
    Verdict NO_ENDPOINT = new Refuse(ProxyError.NO_ENDPOINT);
    Verdict TOO_COSTLY = new Refuse(ProxyError.EXPRESSION_TOO_COSTLY);
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
        try {
            var route = generation.index().match(head);
            return route == null ? NO_ROUTE : of(generation, route, head, secure, client);
        } catch (Regex.BudgetException _) {
            return TOO_COSTLY; // whether the route takes it is not known, and another one might let in too much
        }
    }

    private static Verdict of(Generation generation, Route route, RequestHead head, boolean secure, PeerCheck client) {
        if (!route.policies().isEmpty()) {
            var answer = judge(route, head, secure, client);
            if (answer != null) {
                return answer;
            }
        }
        return switch (share(route.action())) {
            case Route.Action.Answer(var status, var reason) ->
                status == ProxyError.ROUTE_UNAVAILABLE.status() ? UNAVAILABLE : new Answer(status, reason);
            case Route.Action.Split _ -> throw new AssertionError("a share is drawn before");
            case Route.Action.Forward(var upstream, var policy) -> {
                var endpoints = generation.endpoints().of(upstream);
                yield endpoints.isEmpty()
                        ? NO_ENDPOINT
                        : new Forward(
                                upstream,
                                policy,
                                endpoints,
                                route.origin(),
                                secure ? route.policy(Hsts.class).map(Hsts::value) : Optional.empty());
            }
        };
    }

    /** What the policies of the route answer, or null where they let the request through. */
    private static @Nullable Verdict judge(Route route, RequestHead head, boolean secure, PeerCheck client) {
        if (!secure && route.policy(HttpsRedirect.class).isPresent()) {
            // A request of HTTP/1.0 without Host has no URL to be sent to.
            return head.authority().isEmpty() ? NO_HOST : new Redirect(head.secureUrl());
        }
        var wanted = route.policy(ClientCertificate.class);
        var refusal = wanted.isEmpty() ? null : client.refusal(head.host(), wanted.get());
        return refusal == null ? null : new Refuse(refusal);
    }

    /** One of the actions that a route splits its requests between, by weight. */
    private static Route.Action share(Route.Action action) {
        if (!(action instanceof Route.Action.Split(var shares))) {
            return action;
        }
        var total = 0;
        for (var share : shares) {
            total += share.weight();
        }
        var drawn = ThreadLocalRandom.current().nextInt(total);
        for (var share : shares) {
            drawn -= share.weight();
            if (drawn < 0) {
                return share.action();
            }
        }
        throw new AssertionError("the weights of " + shares + " are all zero");
    }
}
