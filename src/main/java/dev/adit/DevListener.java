package dev.adit;

import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
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
                .origin(_ ->
                        client.request(new RequestOptions().setHost("127.0.0.1").setPort(controller.plainPort())));
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
