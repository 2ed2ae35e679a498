package dev.adit.admin;

import dev.adit.control.ControlView;
import dev.adit.kube.Problem;
import dev.adit.routing.RoutingTableText;
import io.quarkus.vertx.http.ManagementInterface;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;

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
                .get("/routes")
                .handler(context -> context.response()
                        .putHeader("content-type", "text/plain; charset=utf-8")
                        .end(text()));
    }

    private String text() {
        var state = control.state();
        var generation = state.generation();
        var problems = state.translation().problems().stream()
                .map(Problem::toString)
                .collect(Collectors.joining("\nproblem ", "problem ", "\n"));
        return "# generation " + generation.number() + "\n"
                + RoutingTableText.of(generation.table(), generation.endpoints())
                + (state.translation().problems().isEmpty() ? "" : problems);
    }
}
