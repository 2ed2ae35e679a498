package com.example.adit;

import dev.adit.extension.RouteInterceptor;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyResponse;
import jakarta.enterprise.context.ApplicationScoped;

/** Lets nobody in without a key, and tells the upstream nothing of it. */
@ApplicationScoped
public class ApiKey implements RouteInterceptor {
    // Not static: in the native executable that would be the key of the machine that built it.
    private final String key = System.getenv("API_KEY");

    @Override
    public boolean isFor(String namespace, String ingress) {
        return ingress.startsWith("private-");
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        var given = context.request().headers().get("x-api-key");
        if (key == null || !key.equals(given)) {
            var response = context.request().release().response().setStatusCode(401);
            return Future.succeededFuture(response.setBody(Body.body(Buffer.buffer("a valid X-API-Key is needed\n"))));
        }
        context.request().headers().remove("x-api-key");
        return context.sendRequest();
    }
}
