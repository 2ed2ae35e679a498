package dev.adit.delegate;

import dev.adit.extension.Interceptors;
import dev.adit.http.ProxyError;
import dev.adit.http.Verdict;
import dev.adit.upstream.UpstreamClients;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;

/** The engine for routes with interceptors: Vert.x's HttpProxy, with the duties of a proxy that it leaves out. */
public final class InterceptedForwarder implements Forwarder {
    private final UpstreamClients clients;
    private final Connector connector;
    private final Interceptors interceptors;
    private final Forwarder plain;

    /**
     * An engine beside another.
     *
     * @param plain for the routes without interceptors
     */
    public InterceptedForwarder(
            UpstreamClients clients, Connector connector, Interceptors interceptors, Forwarder plain) {
        this.clients = clients;
        this.connector = connector;
        this.interceptors = interceptors;
        this.plain = plain;
    }

    @Override
    public void forward(Exchange exchange, Verdict.Forward route) {
        var chosen = interceptors.of(route.origin());
        if (chosen.isEmpty()) {
            plain.forward(exchange, route);
        } else if (exchange.isUpgrade()) {
            // HttpProxy would pass it by the interceptors, and what one of them guards would be open.
            exchange.fail(ProxyError.UPGRADE_INTERCEPTED);
        } else {
            var proxy = HttpProxy.reverseProxy(clients.requests(route.policy().protocol()));
            proxy.origin(_ -> connector.connect(exchange, route));
            proxy.addInterceptor(new Duties(exchange));
            chosen.forEach(proxy::addInterceptor);
            proxy.handle(exchange.request());
        }
    }

    /** First before the user's own, so that they see what the upstream is to get. */
    private record Duties(Exchange exchange) implements ProxyInterceptor {
        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            var fields = context.request().headers();
            var received = MultiMap.caseInsensitiveMultiMap().addAll(fields);
            FieldCopy.copyRequest(received, fields.clear());
            ForwardedFields.set(exchange, fields);
            context.request().setURI(exchange.head().target());
            return context.sendRequest();
        }

        @Override
        public Future<Void> handleProxyResponse(ProxyContext context) {
            var fields = context.response().headers();
            var received = MultiMap.caseInsensitiveMultiMap().addAll(fields);
            FieldCopy.copyResponse(received, fields.clear());
            exchange.complete(fields);
            var response = context.response();
            var body = response.getBody();
            if (body != null && body.length() >= 0 && exchange.mayHaveBody(response.getStatusCode())) {
                response.setBody(Body.body(new ExactBody(body.stream(), body.length()), body.length()));
            }
            exchange.responded(response.getStatusCode());
            return context.sendResponse();
        }
    }
}
