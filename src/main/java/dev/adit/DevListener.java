package dev.adit;

import io.quarkus.arc.profile.IfBuildProfile;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** In dev mode, plain requests arrive through Quarkus' listener, which holds each back while it reloads what changed. */
@Singleton
@IfBuildProfile("dev")
class DevListener {
    private final ThreadLocal<Handler<HttpServerRequest>> handler;

    DevListener(IngressController controller) {
        handler = ThreadLocal.withInitial(controller::handler);
    }

    void route(@Observes Router router) {
        router.route().handler(context -> handler.get().handle(context.request()));
    }
}
