package dev.adit.cli.options;

import dev.adit.config.ControllerConfig;
import dev.adit.config.DrainPolicy;
import dev.adit.translate.DefaultBackend;
import dev.adit.translate.Placement;
import dev.adit.translate.TranslationOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every mode that serves; each is also an environment variable. */
public final class ServeOptions {
    private static final int IN_CLUSTER_SECONDS = 5;
    private static final String LOOPBACK = "127.0.0.1";

    @Option(
            names = "--manifests",
            paramLabel = "DIR",
            defaultValue = "${env:ADIT_MANIFESTS:-" + Option.NULL_VALUE + "}",
            description = "Serve the manifests of a directory in place of a cluster [ADIT_MANIFESTS; default: none]")
    private @Nullable Path manifests;

    @Option(
            names = "--listen-address",
            paramLabel = "IP",
            defaultValue = "${env:ADIT_LISTEN_ADDRESS:-0.0.0.0}",
            description = "Local address of both listeners [ADIT_LISTEN_ADDRESS; default: 0.0.0.0]")
    private String listenAddress = "";

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "${env:ADIT_HTTP_PORT:-8080}",
            converter = PortConverter.class,
            description = "Port for HTTP [ADIT_HTTP_PORT; default: 8080]")
    private int httpPort;

    @Option(
            names = "--https-port",
            paramLabel = "PORT",
            defaultValue = "${env:ADIT_HTTPS_PORT:-8443}",
            converter = PortConverter.class,
            description = "Port for HTTPS [ADIT_HTTPS_PORT; default: 8443]")
    private int httpsPort;

    @Option(
            names = "--management-address",
            paramLabel = "IP",
            defaultValue = "${env:ADIT_MANAGEMENT_ADDRESS:-" + Option.NULL_VALUE + "}",
            description =
                    "Local address of the management port. Whoever can connect to it sees every route and endpoint"
                            + " [ADIT_MANAGEMENT_ADDRESS; default: that of --listen-address, where the probes of a cluster"
                            + " come from; 127.0.0.1 for a folder of manifests and for the demo]")
    private @Nullable String managementAddress;

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            defaultValue = "${env:ADIT_MANAGEMENT_PORT:-9000}",
            converter = PortConverter.class,
            description = "Port for health, metrics and /routes [ADIT_MANAGEMENT_PORT; default: 9000]")
    private int managementPort;

    @Option(
            names = "--ingress-class",
            paramLabel = "NAME",
            defaultValue = "${env:ADIT_INGRESS_CLASS:-adit}",
            description = "The IngressClass to serve [ADIT_INGRESS_CLASS; default: adit]")
    private String ingressClass = "";

    @Option(
            names = "--default-backend",
            paramLabel = "NS/NAME[:PORT]",
            defaultValue = "${env:ADIT_DEFAULT_BACKEND:-" + Option.NULL_VALUE + "}",
            converter = DefaultBackendConverter.class,
            description =
                    "Service for requests that no Ingress takes [ADIT_DEFAULT_BACKEND; default: none, answer 404]")
    private @Nullable DefaultBackend defaultBackend;

    @Option(
            names = "--ssl-redirect",
            defaultValue = "${env:ADIT_SSL_REDIRECT:-false}",
            description = "Send plain requests to hosts of spec.tls to https, unless an Ingress says otherwise"
                    + " [ADIT_SSL_REDIRECT; default: false]")
    private boolean sslRedirect;

    @Option(
            names = "--external-names",
            defaultValue = "${env:ADIT_EXTERNAL_NAMES:-false}",
            description =
                    "Serve Services of type ExternalName: whoever may write one has Adit send requests to where it"
                            + " says [ADIT_EXTERNAL_NAMES; default: false]")
    private boolean externalNames;

    @Option(
            names = "--zone",
            paramLabel = "ZONE",
            defaultValue = "${env:ADIT_ZONE:-}",
            description = "Zone of this instance, for Services that keep traffic near [ADIT_ZONE; default: none]")
    private String zone = "";

    @Option(
            names = "--node",
            paramLabel = "NODE",
            defaultValue = "${env:ADIT_NODE:-}",
            description = "Node of this instance, likewise [ADIT_NODE; default: none]")
    private String node = "";

    @Option(
            names = "--drain-delay",
            paramLabel = "SECONDS",
            defaultValue = "${env:ADIT_DRAIN_DELAY:-" + Option.NULL_VALUE + "}",
            description = "How long to go on after SIGTERM, not ready, until nobody sends any more"
                    + " [ADIT_DRAIN_DELAY; default: 5 in a cluster, else 0]")
    private @Nullable Integer drainDelay;

    @Option(
            names = "--drain-timeout",
            paramLabel = "SECONDS",
            defaultValue = "${env:ADIT_DRAIN_TIMEOUT:-20}",
            description = "How long open requests and WebSockets may take after that [ADIT_DRAIN_TIMEOUT; default: 20]")
    private int drainTimeout;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Mixin
    private ClusterArguments cluster = new ClusterArguments();

    @Mixin
    private ClientOptions clients = new ClientOptions();

    private DrainPolicy drain() {
        var delay = drainDelay == null ? (manifests == null ? IN_CLUSTER_SECONDS : 0) : drainDelay;
        if (command != null && (delay < 0 || drainTimeout < 0)) {
            throw new ParameterException(
                    command.commandLine(), "--drain-delay and --drain-timeout are seconds, from 0");
        }
        return new DrainPolicy(Duration.ofSeconds(delay), Duration.ofSeconds(drainTimeout));
    }

    private TranslationOptions translation() {
        return new TranslationOptions(
                ingressClass,
                Optional.ofNullable(defaultBackend),
                sslRedirect,
                new Placement(zone, node),
                TranslationOptions.NAMESPACE,
                externalNames,
                clients.policy().limits().targetBytes());
    }

    /** What they say all together. */
    public ControllerConfig config() {
        return config(manifests != null);
    }

    /** The same for a process that nobody looks after but whoever has started it. */
    public ControllerConfig localConfig() {
        return config(true);
    }

    private ControllerConfig config(boolean isLocal) {
        var ports = Stream.of(httpPort, httpsPort, managementPort)
                .filter(port -> port != 0)
                .toList();
        if (command != null && ports.stream().distinct().count() < ports.size()) {
            throw new ParameterException(
                    command.commandLine(),
                    "--http-port, --https-port and --management-port must differ, or be 0 for any free one");
        }
        if (command != null && cluster.hasKeyWithoutFolder()) {
            throw new ParameterException(command.commandLine(), "--state-key needs --state-dir");
        }
        if (command != null && manifests != null && cluster.state().isPresent()) {
            throw new ParameterException(
                    command.commandLine(), "--state-dir is for a cluster; the manifests of a folder are there anyway");
        }
        return new ControllerConfig(
                Optional.ofNullable(manifests),
                listenAddress,
                httpPort,
                httpsPort,
                Optional.ofNullable(managementAddress).orElse(isLocal ? LOOPBACK : listenAddress),
                managementPort,
                translation(),
                cluster.options(),
                cluster.state(),
                clients.policy(),
                drain());
    }
}
