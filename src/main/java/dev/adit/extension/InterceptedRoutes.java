package dev.adit.extension;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.adit.exchange.Detour;
import dev.adit.http.Limits;
import dev.adit.http.codec.Fields;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamProtocol;
import io.netty.handler.codec.http.HttpHeaders;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.httpproxy.HttpProxy;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The way of requests through a user's interceptors. An exchange of such a route sends its request to a server of Vert.x
 * that listens on the loopback address; there Vert.x's {@link HttpProxy} runs the interceptors, and sends the request on to
 * the endpoint that the exchange chose. So the interceptors see what the endpoint is to get, and everything else that a
 * route can do is done for these routes as for all others.
 */
public final class InterceptedRoutes implements Detour {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String SECRET = "x-adit-detour";
    private static final String NAMESPACE = "x-adit-detour-namespace";
    private static final String INGRESS = "x-adit-detour-ingress";
    private static final String FIELD = "x-adit-detour-field";
    private static final String ADDRESS = "x-adit-detour-address";
    private static final String PORT = "x-adit-detour-port";
    private static final String PROTOCOL = "x-adit-detour-protocol";
    private static final int FORBIDDEN = 403;
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    private final Interceptors interceptors;
    private final EndpointClients clients;
    // Whoever else is on this machine can connect to the port, and must get nowhere by it.
    private final String secret = secret();
    private Endpoint server = new Endpoint(LOOPBACK, 0);

    private InterceptedRoutes(Interceptors interceptors, EndpointClients clients) {
        this.interceptors = interceptors;
        this.clients = clients;
    }

    /**
     * Listens for one event loop; to be called on it.
     *
     * @param limits of the heads of responses
     */
    public static Future<Detour> listen(Vertx vertx, Interceptors interceptors, Limits limits) {
        if (interceptors.all().isEmpty()) {
            return Future.succeededFuture(Detour.NONE);
        }
        var routes = new InterceptedRoutes(interceptors, new EndpointClients(vertx, limits));
        var options = new HttpServerOptions()
                .setHost(LOOPBACK)
                .setPort(0)
                .setMaxHeaderSize(65_536)
                .setMaxInitialLineLength(65_536)
                .setMaxFormFields(-1)
                .setHandle100ContinueAutomatically(false)
                .setTracingPolicy(TracingPolicy.IGNORE);
        return vertx.createHttpServer(options)
                .requestHandler(routes::handle)
                .listen()
                .map(listening -> {
                    routes.server = new Endpoint(LOOPBACK, listening.actualPort());
                    return routes;
                });
    }

    @Override
    public boolean isFor(RouteOrigin route) {
        return interceptors.concern(route);
    }

    @Override
    public Endpoint through(HttpHeaders fields, RouteOrigin route, Endpoint endpoint, UpstreamProtocol protocol) {
        Fields.dropNominated(fields);
        fields.set(SECRET, secret)
                .set(NAMESPACE, route.namespace())
                .set(INGRESS, route.name())
                .set(FIELD, route.field())
                .set(ADDRESS, endpoint.address())
                .set(PORT, endpoint.port())
                .set(PROTOCOL, protocol.name());
        return server;
    }

    @Override
    public void leave(HttpHeaders fields) {
        List.of(SECRET, NAMESPACE, INGRESS, FIELD, ADDRESS, PORT, PROTOCOL).forEach(fields::remove);
    }

    private void handle(HttpServerRequest request) {
        var fields = request.headers();
        if (!isOurs(fields.get(SECRET))) {
            request.response().setStatusCode(FORBIDDEN).end();
            return;
        }
        var route = new RouteOrigin(take(request, NAMESPACE), take(request, INGRESS), take(request, FIELD));
        if (!interceptors.concern(route)) {
            request.response().setStatusCode(FORBIDDEN).end(); // never past the interceptors
            return;
        }
        var address = take(request, ADDRESS);
        var port = Integer.parseInt(take(request, PORT));
        var protocol = UpstreamProtocol.valueOf(take(request, PROTOCOL));
        var client = clients.of(protocol);
        fields.remove(SECRET);
        var proxy = HttpProxy.reverseProxy(client);
        var options = asAsked(request, protocol)
                .setMethod(request.method())
                .setServer(SocketAddress.inetSocketAddress(port, address))
                .setURI(request.uri());
        proxy.origin(_ -> client.request(options));
        proxy.addInterceptor(new CheckedResponse());
        interceptors.of(route).forEach(proxy::addInterceptor);
        proxy.handle(request);
    }

    /** In a time that tells nothing of the secret. */
    private boolean isOurs(@Nullable String given) {
        return given != null && MessageDigest.isEqual(secret.getBytes(US_ASCII), given.getBytes(US_ASCII));
    }

    /** The endpoint sees the authority that the client asked for, not the address of the pod. */
    private static RequestOptions asAsked(HttpServerRequest request, UpstreamProtocol protocol) {
        var authority = request.authority();
        var implied = protocol == UpstreamProtocol.HTTPS ? HTTPS_PORT : HTTP_PORT;
        return authority == null
                ? new RequestOptions().setHost("").setPort(implied)
                : new RequestOptions()
                        .setHost(authority.host())
                        .setPort(authority.port() < 0 ? implied : authority.port());
    }

    private static String take(HttpServerRequest request, String name) {
        var value = request.getHeader(name);
        request.headers().remove(name);
        return value == null ? "" : value;
    }

    private static String secret() {
        var bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
