package dev.adit.cli.options;

import dev.adit.observe.series.RouteMetrics;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where connections are accepted. */
final class ListenerArguments {
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
                    "Local address of the management port, which shows every route and endpoint without authentication"
                            + " [ADIT_MANAGEMENT_ADDRESS; default: --listen-address in a cluster;"
                            + " 127.0.0.1 for a folder of manifests and for the demo]")
    private @Nullable String managementAddress;

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            defaultValue = "${env:ADIT_MANAGEMENT_PORT:-9000}",
            converter = PortConverter.class,
            description = "Port for health, metrics and /routes [ADIT_MANAGEMENT_PORT; default: 9000]")
    private int managementPort;

    @Option(
            names = "--metrics",
            paramLabel = "NAMES",
            defaultValue = "${env:ADIT_METRICS:-totals}",
            description =
                    "What /q/metrics counts: totals: of all routes together; adit: of each route, too; nginx: of each route, by the names"
                            + " of ingress-nginx; both [ADIT_METRICS; default: totals]")
    private RouteMetrics metrics = RouteMetrics.TOTALS;

    @Option(
            names = "--ticket-keys",
            paramLabel = "FILE",
            defaultValue = "${env:ADIT_TICKET_KEYS:-" + Option.NULL_VALUE + "}",
            description = "File with the secrets by which TLS session tickets are encrypted, one in each line, as"
                    + " 'openssl rand -base64 48' makes them. The first one encrypts; put a new one before it once a day."
                    + " Clients then resume sessions after a restart, and with other replicas that have the same file"
                    + " [ADIT_TICKET_KEYS; default: keys of this process alone]")
    private @Nullable Path ticketKeys;

    String listenAddress() {
        return listenAddress;
    }

    int httpPort() {
        return httpPort;
    }

    int httpsPort() {
        return httpsPort;
    }

    RouteMetrics metrics() {
        return metrics;
    }

    Optional<String> managementAddress() {
        return Optional.ofNullable(managementAddress);
    }

    int managementPort() {
        return managementPort;
    }

    Optional<Path> ticketKeys() {
        return Optional.ofNullable(ticketKeys);
    }

    /** Whether two of them are the same port. */
    boolean haveConflict() {
        var ports = Stream.of(httpPort, httpsPort, managementPort)
                .filter(port -> port != 0)
                .toList();
        return ports.stream().distinct().count() < ports.size();
    }
}
