package dev.adit.cli.options;

import dev.adit.config.DrainPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How it ends. */
final class DrainArguments {
    private static final Duration IN_CLUSTER = Duration.ofSeconds(5);

    @Option(
            names = "--drain-delay",
            paramLabel = "TIME",
            defaultValue = "${env:ADIT_DRAIN_DELAY:-" + Option.NULL_VALUE + "}",
            converter = TimeConverter.OrNone.class,
            description =
                    "How long to keep accepting requests after SIGTERM, while reporting not ready, so that load balancers stop sending"
                            + " [ADIT_DRAIN_DELAY; default: 5s in a cluster, else 0]")
    private @Nullable Duration drainDelay;

    @Option(
            names = "--drain-timeout",
            paramLabel = "TIME",
            defaultValue = "${env:ADIT_DRAIN_TIMEOUT:-20s}",
            converter = TimeConverter.OrNone.class,
            description = "Time limit for open requests and WebSockets after that [ADIT_DRAIN_TIMEOUT; default: 20s]")
    private Duration drainTimeout = Duration.ZERO;

    /**
     * Both of them.
     *
     * @param isInCluster whether load balancers have to hear of it
     */
    DrainPolicy policy(boolean isInCluster) {
        var delay = drainDelay == null ? (isInCluster ? IN_CLUSTER : Duration.ZERO) : drainDelay;
        return new DrainPolicy(delay, drainTimeout);
    }
}
