package dev.adit.config;

import dev.adit.http.ClientPolicy;
import dev.adit.observe.log.AccessLogOptions;
import dev.adit.observe.series.RouteMetrics;
import dev.adit.translate.TranslationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The static settings of the controller.
 *
 * @param manifests the directory to read in place of the Kubernetes API
 * @param listenAddress the local address of both listeners
 * @param managementAddress the local address of the management port
 * @param managementPort health, metrics and routes
 * @param ticketKeys the file with the secrets of session tickets
 * @param accessLog what is written of requests; nothing where it is empty
 */
public record ControllerConfig(
        Optional<Path> manifests,
        String listenAddress,
        int httpPort,
        int httpsPort,
        String managementAddress,
        int managementPort,
        TranslationOptions translation,
        ClusterOptions cluster,
        Optional<StateOptions> state,
        ClientPolicy clients,
        Optional<Path> ticketKeys,
        Optional<AccessLogOptions> accessLog,
        RouteMetrics metrics,
        DrainPolicy drain) {

    /** The same settings with another source, which no load balancer stands before. */
    public ControllerConfig withManifests(Path directory) {
        return new ControllerConfig(
                Optional.of(directory),
                listenAddress,
                httpPort,
                httpsPort,
                managementAddress,
                managementPort,
                translation,
                cluster,
                Optional.empty(),
                clients,
                ticketKeys,
                accessLog,
                metrics,
                new DrainPolicy(Duration.ZERO, drain.limit()));
    }
}
