package dev.adit.cli.options;

import dev.adit.config.ControllerConfig;
import dev.adit.config.ObservationOptions;
import dev.adit.translate.TranslationOptions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options of every mode that serves; each is also an environment variable. */
public final class ServeOptions {
    private static final String LOOPBACK = "127.0.0.1";

    @Option(
            names = "--manifests",
            paramLabel = "DIR",
            defaultValue = "${env:ADIT_MANIFESTS:-" + Option.NULL_VALUE + "}",
            description = "Serve the manifests of this directory instead of a cluster [ADIT_MANIFESTS; default: none]")
    private @Nullable Path manifests;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Mixin(name = "Cluster")
    private ClusterArguments cluster = new ClusterArguments();

    @Mixin(name = "What is served")
    private TranslationArguments translation = new TranslationArguments();

    @Mixin(name = "Listeners")
    private ListenerArguments listeners = new ListenerArguments();

    @Mixin(name = "Clients")
    private ClientOptions clients = new ClientOptions();

    @Mixin(name = "Access log")
    private AccessLogArguments accessLog = new AccessLogArguments();

    @Mixin(name = "Traces")
    private TraceArguments traces = new TraceArguments();

    @Mixin(name = "Log")
    private LogArguments log = new LogArguments();

    @Mixin(name = "Management")
    private ManagementArguments management = new ManagementArguments();

    @Mixin(name = "Ending")
    private DrainArguments drain = new DrainArguments();

    /** What they say all together. */
    public ControllerConfig config() {
        return config(manifests != null);
    }

    /** The same for a process that nobody looks after but whoever has started it. */
    public ControllerConfig localConfig() {
        return config(true);
    }

    private ControllerConfig config(boolean isLocal) {
        if (listeners.haveConflict(management.port())) {
            throw InvalidArguments.of(
                    command, "--http-port, --https-port and --management-port must differ, or be 0 for any free one");
        }
        if (cluster.hasKeyWithoutFolder()) {
            throw InvalidArguments.of(command, "--state-key needs --state-dir");
        }
        if (manifests != null && cluster.state().isPresent()) {
            throw InvalidArguments.of(
                    command, "--state-dir is for a cluster; the manifests of a folder are there anyway");
        }
        if (manifests != null && translation.givesServicesToGateways()) {
            throw InvalidArguments.of(
                    command, "--gateway-addresses service is for a cluster; a folder has no load balancer");
        }
        if (translation.givesServicesToGateways() && !cluster.options().writesStatus()) {
            throw InvalidArguments.of(
                    command, "--gateway-addresses service writes Services and statuses, and --status=off writes none");
        }
        if (translation.givesServicesToGateways()
                && cluster.options().watchNamespace().isPresent()) {
            throw InvalidArguments.of(
                    command,
                    "--gateway-addresses service needs the Services of Adit's own namespace; leave --watch-namespace out");
        }
        var policy = clients.policy();
        return new ControllerConfig(
                Optional.ofNullable(manifests),
                listeners.listenAddress(),
                listeners.httpPort(),
                listeners.httpsPort(),
                management.options(isLocal ? LOOPBACK : listeners.listenAddress()),
                translation(policy.limits().targetBytes()),
                cluster.options(),
                cluster.state(),
                policy,
                listeners.ticketKeys(),
                new ObservationOptions(
                        accessLog.options(), management.metrics(), traces.options(), management.hasStatistics()),
                log.options(),
                drain.policy(manifests == null));
    }

    private TranslationOptions translation(int maxTarget) {
        var options = translation.options(TranslationOptions.NAMESPACE, maxTarget);
        var taken = Stream.of(listeners.httpPort(), listeners.httpsPort(), management.port())
                .collect(Collectors.toSet());
        return options.with(options.gateways().reserving(taken));
    }
}
