package dev.adit.extension;

import dev.adit.http.codec.HeadBuffer;
import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;

/** Sees each response after the user's interceptors: no field may end its line, and no body may end early. */
final class CheckedResponse implements ProxyInterceptor {
    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
        var response = context.response();
        for (var field : response.headers()) {
            if (!HeadBuffer.isToken(field.getKey()) || !HeadBuffer.isLine(field.getValue())) {
                throw new IllegalArgumentException("an interceptor has set a malformed field");
            }
        }
        var body = response.getBody();
        if (body != null && body.length() > 0 && mayHaveBody(context)) {
            response.setBody(Body.body(new ExactBody(body.stream(), body.length()), body.length()));
        }
        return context.sendResponse();
    }

    /** RFC 9110 §6.4.1. */
    private static boolean mayHaveBody(ProxyContext context) {
        var status = context.response().getStatusCode();
        return !context.request().getMethod().equals(HttpMethod.HEAD) && status != 204 && status != 304;
    }
}
