package dev.adit.cli.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which cluster is asked. */
public final class KubeconfigArgument {
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

    /** The file that was named; empty where the client has to find one. */
    public Optional<Path> file() {
        return Optional.ofNullable(file);
    }
}
