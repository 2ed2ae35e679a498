package dev.adit.testbed;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The real helm, with the chart of this project. */
public final class Helm {
    public static final Path CHART = Adit.ROOT.resolve("src/main/helm/adit");
    private static final Path BUILD = Adit.ROOT.resolve("native-tests/testbed/helm/build");

    private final String program;
    private final @Nullable Path kubeconfig;

    private Helm(String program, @Nullable Path kubeconfig) {
        this.program = program;
        this.kubeconfig = kubeconfig;
    }

    /** The one of $HELM, or one that is built from its Go modules. */
    public static Helm find() throws IOException, InterruptedException {
        return new Helm(Cluster.output(new ProcessBuilder(BUILD.toString())), null);
    }

    /** Where it is. */
    String program() {
        return program;
    }

    public Helm on(Cluster cluster) {
        return new Helm(program, cluster.kubeconfig());
    }

    /**
     * What it prints.
     *
     * @throws IOException with what it says where it fails
     */
    public String run(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        if (kubeconfig != null) {
            builder.environment().put("KUBECONFIG", kubeconfig.toString());
        }
        return Cluster.output(builder);
    }
}
