package dev.adit.admin;

import dev.adit.control.ControlView;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Alive: changes are still followed. An API server that is away does not count, for a restart would lose the routes. */
@Singleton
@Liveness
class ControllerLiveness implements HealthCheck {
    private final ControlView control;

    ControllerLiveness(ControlView control) {
        this.control = control;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("control loop")
                .status(control.isAlive())
                .build();
    }
}
