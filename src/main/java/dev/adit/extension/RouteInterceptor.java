package dev.adit.extension;

import io.vertx.httpproxy.ProxyInterceptor;

/**
 * The way to extend Adit in Java: a CDI bean that sees the requests and responses of some Ingresses on their way, and may
 * change or answer them. It runs on an event loop and must not block. The requests of such an Ingress are forwarded by
 * the HttpProxy of Vert.x, which is slower; those of all others do not notice.
 *
 * @see <a href="https://vertx.io/docs/vertx-http-proxy/java/">Vert.x HTTP Proxy, interceptors</a>
 */
public interface RouteInterceptor extends ProxyInterceptor {

    /** Whether it takes part in the requests of this Ingress; asked for each request, so it should be quick. */
    boolean isFor(String namespace, String ingress);
}
