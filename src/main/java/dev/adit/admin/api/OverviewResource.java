package dev.adit.admin.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.collection.Layered;
import dev.adit.control.ControlState;
import dev.adit.control.ControlView;
import dev.adit.explain.ServedCertificate;
import dev.adit.kube.Problem;
import dev.adit.observe.TrafficMeters;
import dev.adit.observe.statistics.Statistics;
import dev.adit.routing.Host;
import dev.adit.text.Version;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** {@code /api/v1/overview}: how everything is, on one screen. */
final class OverviewResource {
    private final ControlView control;
    private final Statistics statistics;
    private final TrafficMeters traffic;
    private final Clock clock;

    OverviewResource(ControlView control, Statistics statistics, TrafficMeters traffic, Clock clock) {
        this.control = control;
        this.statistics = statistics;
        this.traffic = traffic;
        this.clock = clock;
    }

    ObjectNode get() {
        var state = control.state();
        var started = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("version", Version.text())
                .put("startedAt", started.toString())
                .put("now", clock.instant().toString())
                .put("generation", state.generation().number())
                .put("changedAt", state.changedAt().toString())
                .put("synced", state.synced())
                .put("stale", state.stale())
                .put("draining", control.isDraining())
                .put("statistics", statistics.isRunning());
        var certificates = ServedCertificate.of(state.generation().table(), clock.instant());
        counts(json.putObject("counts"), state, certificates.size());
        problems(json.putObject("problems"), state);
        json.putObject("connections")
                .put("open", traffic.proxy().openConnections())
                .put("accepted", traffic.proxy().acceptedConnections())
                .put("activeRequests", traffic.proxy().activeRequests())
                .put("ejectedEndpoints", traffic.proxy().ejected().size());
        var expiring = json.putArray("certificatesToRenew");
        certificates.stream()
                .filter(served -> served.state() != ServedCertificate.State.OK)
                .forEach(served -> expiring.add(served.json()));
        if (statistics.isRunning()) {
            json.set("signals", SignalsJson.of(statistics::total));
        }
        return json;
    }

    private static void counts(ObjectNode json, ControlState state, int certificates) {
        var table = state.generation().table();
        var endpoints = state.generation().endpoints().endpoints();
        json.put("ingresses", state.translation().ingresses().size())
                .put("hosts", table.hostTables().mapToInt(Layered::size).sum())
                .put(
                        "routes",
                        table.hostTables()
                                .flatMap(hosts -> hosts.values().stream())
                                .mapToInt(OverviewResource::routes)
                                .sum())
                .put("services", endpoints.size())
                .put(
                        "endpoints",
                        endpoints.values().stream().mapToInt(List::size).sum())
                .put("certificates", certificates);
    }

    private static int routes(Host host) {
        return host.routes().size() + (host.tunnel().isPresent() ? 1 : 0);
    }

    private static void problems(ObjectNode json, ControlState state) {
        for (var severity : Problem.Severity.values()) {
            json.put(
                    severity.name().toLowerCase(Locale.ROOT) + "s",
                    state.translation().problems().stream()
                            .filter(problem -> problem.reason().severity() == severity)
                            .count());
        }
    }
}
