package dev.adit.cli.options;

import dev.adit.config.ClusterOptions;
import dev.adit.config.SecretAccess;
import dev.adit.config.StateOptions;
import dev.adit.kube.ObjectKey;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of those modes that follow a cluster. */
final class ClusterArguments {
    @Option(
            names = "--watch-namespace",
            paramLabel = "NAMESPACE",
            defaultValue = "${env:ADIT_WATCH_NAMESPACE:-" + Option.NULL_VALUE + "}",
            description = "Serve the Ingresses of one namespace only [ADIT_WATCH_NAMESPACE; default: all]")
    private @Nullable String watchNamespace;

    @Option(
            names = "--secrets",
            paramLabel = "HOW",
            defaultValue = "${env:ADIT_SECRETS:-watch}",
            description = "watch: list and watch Secrets of type kubernetes.io/tls; get: read only the Secrets that"
                    + " Ingresses name, once a minute [ADIT_SECRETS; default: watch]")
    private SecretAccess secrets = SecretAccess.WATCH;

    @Option(
            names = "--publish-service",
            paramLabel = "NS/NAME",
            defaultValue = "${env:ADIT_PUBLISH_SERVICE:-" + Option.NULL_VALUE + "}",
            converter = ObjectKeyConverter.class,
            description =
                    "Publish the addresses of this Service in the status of Ingresses and Gateways [ADIT_PUBLISH_SERVICE; default: none]")
    private @Nullable ObjectKey publishService;

    @Option(
            names = "--publish-address",
            paramLabel = "ADDRESS",
            split = ",",
            defaultValue = "${env:ADIT_PUBLISH_ADDRESS:-" + Option.NULL_VALUE + "}",
            description =
                    "Publish these addresses or host names in the status of Ingresses and Gateways [ADIT_PUBLISH_ADDRESS; default: none]")
    private @Nullable List<String> publishAddresses;

    @Option(
            names = "--publish-nodes",
            defaultValue = "${env:ADIT_PUBLISH_NODES:-false}",
            description =
                    "Publish the addresses of the nodes that run Adit in the status of Ingresses and Gateways [ADIT_PUBLISH_NODES; default: false]")
    private boolean publishNodes;

    @Option(
            names = "--status",
            paramLabel = "on|off",
            defaultValue = "${env:ADIT_STATUS:-on}",
            description = "off: leave all statuses alone, as long as another controller serves them, too"
                    + " [ADIT_STATUS; default: on]")
    private StatusChoice status = StatusChoice.on;

    /** By the words of the command line. */
    private enum StatusChoice {
        on,
        off
    }

    @Option(
            names = "--state-dir",
            paramLabel = "DIR",
            defaultValue = "${env:ADIT_STATE_DIR:-" + Option.NULL_VALUE + "}",
            description = "Save what is served in this folder, and start from it if the API server cannot be reached"
                    + " [ADIT_STATE_DIR; default: none]")
    private @Nullable Path stateDir;

    @Option(
            names = "--state-key",
            paramLabel = "FILE",
            defaultValue = "${env:ADIT_STATE_KEY:-" + Option.NULL_VALUE + "}",
            description =
                    "Authenticate the state and seal the private keys in it by the content of this file, at least 32 bytes;"
                            + " without it anybody who can write to the folder can change the state, no key is kept, and"
                            + " hosts resume with the default certificate [ADIT_STATE_KEY; default: none]")
    private @Nullable Path stateKey;

    boolean hasKeyWithoutFolder() {
        return stateKey != null && stateDir == null;
    }

    Optional<StateOptions> state() {
        return Optional.ofNullable(stateDir).map(folder -> new StateOptions(folder, Optional.ofNullable(stateKey)));
    }

    ClusterOptions options() {
        return new ClusterOptions(
                Optional.ofNullable(watchNamespace),
                secrets,
                Optional.ofNullable(publishService),
                publishAddresses == null ? List.of() : List.copyOf(publishAddresses),
                publishNodes,
                status == StatusChoice.on);
    }
}
