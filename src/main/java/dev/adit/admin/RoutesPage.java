package dev.adit.admin;

import dev.adit.control.ControlView;
import dev.adit.explain.JsonText;
import dev.adit.explain.TableText;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** The live routing table with its problems, as text. */
@Singleton
class RoutesPage {
    private final ControlView control;

    RoutesPage(ControlView control) {
        this.control = control;
    }

    void route(@Observes ManagementInterface management) {
        management
                .router()
                .route("/routes")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .blockingHandler(this::answer, false);
    }

    private void answer(RoutingContext context) {
        var translation = control.state().translation();
        if ("json".equals(context.queryParams().get("output"))) {
            var json = JsonText.of(TableText.json(translation));
            context.response().putHeader("content-type", "application/json").end(json);
        } else {
            var number = control.state().generation().number();
            context.response()
                    .putHeader("content-type", "text/plain; charset=utf-8")
                    .end("# generation " + number + "\n" + TableText.of(translation));
        }
    }
}
