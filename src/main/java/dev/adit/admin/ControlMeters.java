package dev.adit.admin;

import dev.adit.control.ControlState;
import dev.adit.control.ControlView;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.metrics.SharedMetricRegistries;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.metrics.Metadata;
import org.eclipse.microprofile.metrics.MetricRegistry;

/** Gauges of the control plane, by MicroProfile Metrics. */
@Singleton
class ControlMeters {
    private final ControlView control;

    ControlMeters(ControlView control) {
        this.control = control;
    }

    void register(@Observes StartupEvent event) {
        var registry = SharedMetricRegistries.getOrCreate(MetricRegistry.APPLICATION_SCOPE);
        gauge(
                registry,
                "adit_config_generation",
                "Number of the live routing table",
                s -> s.generation().number());
        gauge(registry, "adit_config_synced", "1 once the first routing table is live", s -> s.synced() ? 1 : 0);
        gauge(
                registry,
                "adit_config_stale",
                "1 while the routes are those of before the start, since the API server could not be read yet",
                s -> s.stale() ? 1 : 0);
        gauge(
                registry,
                "adit_config_changed_timestamp_seconds",
                "When the last change was published",
                s -> s.changedAt().getEpochSecond());
        gauge(
                registry,
                "adit_ingresses",
                "Ingresses that are served",
                s -> s.translation().ingresses().size());
        gauge(
                registry,
                "adit_problems",
                "Parts of objects that are refused",
                s -> s.translation().problems().size());
    }

    private void gauge(MetricRegistry registry, String name, String description, ToDoubleFunction<ControlState> value) {
        var metadata =
                Metadata.builder().withName(name).withDescription(description).build();
        registry.gauge(metadata, () -> value.applyAsDouble(control.state()));
    }
}
