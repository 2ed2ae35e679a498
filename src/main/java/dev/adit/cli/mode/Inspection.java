package dev.adit.cli.mode;

import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.Looks;
import dev.adit.kube.ObjectKey;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/** A question that was asked on the command line. */
public interface Inspection {
    /** Whether the objects of a cluster are wanted. */
    boolean needsCluster();

    /** Which cluster that is; empty where the client has to find it. */
    default Optional<Path> kubeconfig() {
        return Optional.empty();
    }

    /** Where the controller of that cluster is. */
    String controllerNamespace();

    /** The ConfigMap of ingress-nginx that is read there. */
    Optional<ObjectKey> configMap();

    /** What else of that cluster matters, by what is watched of it. */
    Looks looks(KubeSnapshot watched);

    /**
     * Answers.
     *
     * @param cluster empty where none is needed
     * @return the exit code
     * @throws dev.adit.kube.source.SourceException with a message for whoever asked
     */
    int run(KubeSnapshot cluster, PrintWriter out);
}
