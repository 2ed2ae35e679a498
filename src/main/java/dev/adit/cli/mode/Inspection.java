package dev.adit.cli.mode;

import dev.adit.kube.KubeSnapshot;
import java.io.PrintWriter;

/** A question that was asked on the command line. */
public interface Inspection {
    /** Whether the objects of a cluster are wanted. */
    boolean needsCluster();

    /** Where the controller of that cluster is. */
    String controllerNamespace();

    /**
     * Answers.
     *
     * @param cluster empty where none is needed
     * @return the exit code
     * @throws dev.adit.kube.source.SourceException with a message for whoever asked
     */
    int run(KubeSnapshot cluster, PrintWriter out);
}
