package dev.adit.observe;

import dev.adit.http.Client;
import dev.adit.http.Refusal;
import dev.adit.routing.Hostname;
import dev.adit.routing.Route;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that has ended. Nothing is copied for it: whoever needs a value after {@link ExchangeObserver#finished} takes
 * it during the call. Texts that are not known, because the head could not be read, are empty.
 */
public interface Finished {
    /** The status of a request that has got no head of a final response. */
    int NO_STATUS = 0;

    /** In place of a time: no endpoint has sent a head. */
    long NO_HEAD = -1;

    /** The route that took the request, or null if it was refused before one was found. */
    @Nullable
    Route route();

    /** The host that owns the route, as its object names it; null where there is no route. */
    @Nullable
    Hostname hostname();

    /** Where the route was written. */
    default @Nullable RouteOrigin origin() {
        var route = route();
        return route == null ? null : route.origin();
    }

    /** The other end of the connection. */
    Client client();

    /** The address of the client itself, also behind a trusted proxy. */
    String clientAddress();

    /** Whether the request came by TLS, to Adit or to the trusted proxy that says so. */
    boolean isSecure();

    String method();

    /** Host and port as the client wrote them. */
    String authority();

    /** The host by which the route was searched: in lower case, without a port. */
    String host();

    /** The path as the client sent it, before any rewrite, and without the query; normalised where it was valid. */
    String path();

    /** The request target as the client sent it. */
    String target();

    /**
     * The first line of a header field of the request; null where there is none. Those of {@link ExchangeObserver#heads} are as they came, others
     * as filters have left them.
     */
    @Nullable
    String field(CharSequence name);

    /** The X-Request-ID of the client, or the one that the request got here; null where it has none. */
    @Nullable
    String requestId();

    /** The bytes of the request's head as it came, as HTTP/1 writes it. */
    long headBytes();

    /** The client's version of HTTP, such as HTTP/1.1. */
    String version();

    /** The status that the client has got, or {@link #NO_STATUS}. */
    int status();

    End end();

    /** Why Adit answered in place of the endpoint or broke off, or null. */
    @Nullable
    Refusal reason();

    /** Bytes of the request's body that have been received, or what the client sent through the tunnel. */
    long requestBytes();

    /** Bytes of the response's body that have been passed on, or what the endpoint sent through the tunnel. */
    long responseBytes();

    /** The time from the head of the request to that of the endpoint's response, or {@link #NO_HEAD}. */
    long nanosToHead();

    /** The time from the head of the request to its end; 0 where it was refused at once. */
    long nanos();

    /** The Service that was asked last, or null. */
    @Nullable
    UpstreamId upstream();

    /** The endpoint that was tried last, or null. */
    @Nullable
    Endpoint endpoint();

    /** The time from the choice of that endpoint to the end; 0 where there is none. */
    long nanosOfAttempt();

    /** The time from the choice of that endpoint to the head of its response, or {@link #NO_HEAD}. */
    default long nanosOfAttemptToHead() {
        return nanosToHead() == NO_HEAD ? NO_HEAD : Math.max(0, nanosToHead() - (nanos() - nanosOfAttempt()));
    }

    /** What that endpoint answered, whatever the client got, or {@link #NO_STATUS}. */
    int endpointStatus();

    /** Those that were tried before it. */
    List<Attempt> earlier();

    /** What {@link ExchangeObserver#begin} has made for it. */
    default @Nullable RequestTrace trace() {
        return null;
    }

    /** How many times an endpoint was chosen. */
    int attempts();
}
