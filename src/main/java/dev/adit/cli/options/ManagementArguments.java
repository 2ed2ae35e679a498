package dev.adit.cli.options;

import dev.adit.config.ManagementOptions;
import dev.adit.observe.series.RouteMetrics;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The management port, and what it shows of requests. */
final class ManagementArguments {
    /** Whether something is done. */
    enum Switch {
        ON,
        OFF
    }

    @Option(
            names = "--management-address",
            paramLabel = "IP",
            defaultValue = "${env:ADIT_MANAGEMENT_ADDRESS:-" + Option.NULL_VALUE + "}",
            description =
                    "Local address of the management port, which shows every route and endpoint without authentication"
                            + " unless there is a --management-token-file [ADIT_MANAGEMENT_ADDRESS; default:"
                            + " --listen-address in a cluster; 127.0.0.1 for a folder of manifests and for the demo]")
    private @Nullable String address;

    @Option(
            names = "--management-port",
            paramLabel = "PORT",
            defaultValue = "${env:ADIT_MANAGEMENT_PORT:-9000}",
            converter = PortConverter.class,
            description = "Port for the page, health and metrics [ADIT_MANAGEMENT_PORT; default: 9000]")
    private int port;

    @Option(
            names = "--management-token-file",
            paramLabel = "FILE",
            defaultValue = "${env:ADIT_MANAGEMENT_TOKEN_FILE:-" + Option.NULL_VALUE + "}",
            description =
                    "File with a token. The page, its API, /routes, /certificates and /explain ask for it, as a Bearer token or as a"
                            + " password; health and metrics do not. A new token is taken at once"
                            + " [ADIT_MANAGEMENT_TOKEN_FILE; default: none is asked for]")
    private @Nullable Path tokenFile;

    @Option(
            names = "--metrics",
            paramLabel = "NAMES",
            defaultValue = "${env:ADIT_METRICS:-totals}",
            description =
                    "What /q/metrics counts: totals: of all routes together; adit: of each route, too; nginx: of each route, by the names"
                            + " of ingress-nginx; both [ADIT_METRICS; default: totals]")
    private RouteMetrics metrics = RouteMetrics.TOTALS;

    @Option(
            names = "--statistics",
            paramLabel = "SWITCH",
            defaultValue = "${env:ADIT_STATISTICS:-on}",
            description = "Rates, errors and latencies of each route for the page and for adit top: on or off"
                    + " [ADIT_STATISTICS; default: on]")
    private Switch statistics = Switch.ON;

    int port() {
        return port;
    }

    RouteMetrics metrics() {
        return metrics;
    }

    boolean hasStatistics() {
        return statistics == Switch.ON;
    }

    /** With this address where none is given. */
    ManagementOptions options(String otherwise) {
        return new ManagementOptions(address == null ? otherwise : address, port, Optional.ofNullable(tokenFile));
    }
}
