package dev.adit.app;

import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.Router;
import io.vertx.httpproxy.HttpProxy;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** In dev mode, plain requests arrive through Quarkus' listener, which holds each back while it reloads what changed. */
@Singleton
@IfBuildProfile("dev")
class DevListener {
    private static final long LOOK_MILLIS = 10;

    private final Vertx vertx;
    private final IngressController controller;
    private final HttpProxy proxy;

    DevListener(Vertx vertx, IngressController controller) {
        this.vertx = vertx;
        this.controller = controller;
        var client = vertx.createHttpClient();
        proxy = HttpProxy.reverseProxy(client)
                .origin(context -> client.request(
                        asAsked(context.request().proxiedRequest()).setServer(ownPort())));
    }

    private SocketAddress ownPort() {
        return SocketAddress.inetSocketAddress(controller.plainPort(), "127.0.0.1");
    }

    /** With the authority of the client, by which the route is found. */
    private static RequestOptions asAsked(HttpServerRequest request) {
        var authority = request.authority();
        return authority == null
                ? new RequestOptions()
                : new RequestOptions().setHost(authority.host()).setPort(authority.port() < 0 ? 80 : authority.port());
    }

    void route(@Observes Router router) {
        router.route().handler(context -> handle(context.request()));
    }

    /** The request that made the reload comes before the new code has read its routes: it waits for them. */
    private void handle(HttpServerRequest request) {
        if (controller.state().synced()) {
            proxy.handle(request);
        } else {
            request.pause();
            vertx.setTimer(LOOK_MILLIS, _ -> handle(request));
        }
    }
}
