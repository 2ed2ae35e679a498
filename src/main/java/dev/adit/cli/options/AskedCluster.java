package dev.adit.cli.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which cluster is asked, and where its Adit is. */
public final class AskedCluster {
    private static final String NAME = "--kubeconfig";

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    private @Nullable Path file;

    @Option(
            names = NAME,
            paramLabel = "FILE",
            description = "Kubeconfig of the cluster [default: that of KUBECONFIG, or ~/.kube/config]")
    void file(@Nullable Path kubeconfig) {
        if (kubeconfig != null && !Files.isReadable(kubeconfig)) {
            throw InvalidArguments.value(command, NAME, "'" + kubeconfig + "' cannot be read");
        }
        file = kubeconfig;
    }

    @Option(
            names = "--controller-namespace",
            paramLabel = "NAMESPACE",
            defaultValue = "${env:ADIT_CONTROLLER_NAMESPACE:-adit-system}",
            description = "The namespace of Adit in that cluster [ADIT_CONTROLLER_NAMESPACE; default: adit-system]")
    private String controllerNamespace = "";

    /** The namespace of Adit there. */
    public String controllerNamespace() {
        return controllerNamespace;
    }

    /** The file that was named; empty where the client has to find one. */
    public Optional<Path> kubeconfig() {
        return Optional.ofNullable(file);
    }
}
