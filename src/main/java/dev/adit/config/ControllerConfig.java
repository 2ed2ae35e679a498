package dev.adit.config;

import dev.adit.http.ClientPolicy;
import dev.adit.translate.TranslationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The static settings of the controller.
 *
 * @param manifests the directory to read in place of the Kubernetes API
 * @param listenAddress the local address of both listeners
 * @param ticketKeys the file with the secrets of session tickets
 */
public record ControllerConfig(
        Optional<Path> manifests,
        String listenAddress,
        int httpPort,
        int httpsPort,
        ManagementOptions management,
        TranslationOptions translation,
        ClusterOptions cluster,
        Optional<StateOptions> state,
        ClientPolicy clients,
        Optional<Path> ticketKeys,
        ObservationOptions observation,
        LogOptions log,
        DrainPolicy drain) {

    /** The same settings with another source, which no load balancer stands before. */
    public ControllerConfig withManifests(Path directory) {
        return new ControllerConfig(
                Optional.of(directory),
                listenAddress,
                httpPort,
                httpsPort,
                management,
                translation,
                cluster,
                Optional.empty(),
                clients,
                ticketKeys,
                observation,
                log,
                new DrainPolicy(Duration.ZERO, drain.limit()));
    }
}
