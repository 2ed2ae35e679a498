package dev.adit.admin;

import dev.adit.control.ControlView;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready: everything has been read once, the first routing table is live with its ports open, and nobody has asked the process to end. */
@Singleton
@Readiness
class ControllerReadiness implements HealthCheck {
    private final ControlView control;

    ControllerReadiness(ControlView control) {
        this.control = control;
    }

    @Override
    public HealthCheckResponse call() {
        var state = control.state();
        return HealthCheckResponse.named("routing table")
                .withData("generation", state.generation().number())
                .withData("problems", state.translation().problems().size())
                .withData("stale", state.stale())
                .withData("draining", control.isDraining())
                .status(state.synced() && control.isListening() && !control.isDraining())
                .build();
    }
}
