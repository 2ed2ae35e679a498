package dev.adit.config;

import dev.adit.http.ClientPolicy;
import dev.adit.kube.ObjectKey;
import dev.adit.translate.TranslationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The static settings of the controller.
 *
 * @param manifests the directory to read in place of the Kubernetes API
 * @param listenAddress the local address of both listeners
 * @param managementPort health, metrics and routes
 * @param publishNodes whether Ingresses show the addresses of this controller's nodes
 */
public record ControllerConfig(
        Optional<Path> manifests,
        String listenAddress,
        int httpPort,
        int httpsPort,
        int managementPort,
        TranslationOptions translation,
        Optional<ObjectKey> publishService,
        List<String> publishAddresses,
        boolean publishNodes,
        Optional<String> watchNamespace,
        ClientPolicy clients,
        DrainPolicy drain) {

    /** The same settings with another source, which no load balancer stands before. */
    public ControllerConfig withManifests(Path directory) {
        return new ControllerConfig(
                Optional.of(directory),
                listenAddress,
                httpPort,
                httpsPort,
                managementPort,
                translation,
                publishService,
                publishAddresses,
                publishNodes,
                watchNamespace,
                clients,
                new DrainPolicy(Duration.ZERO, drain.limit()));
    }
}
