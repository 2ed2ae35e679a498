package dev.adit.cli.mode;

import dev.adit.doctor.Installation;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.Looks;
import dev.adit.kube.ObjectKey;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;

/** A question about an installation in a cluster, which was asked on the command line. */
public interface Examination {
    /** Which cluster that is; empty where the client has to find it. */
    Optional<Path> kubeconfig();

    /** The ServiceAccount of Adit, in its namespace. */
    ObjectKey account();

    /** The namespace that is served; empty for all. */
    Optional<String> watched();

    /** The ConfigMap of ingress-nginx that is read there. */
    Optional<ObjectKey> configMap();

    /** What else of that cluster matters, by what is watched of it. */
    Looks looks(KubeSnapshot watched);

    /**
     * Answers.
     *
     * @return the exit code
     */
    int run(Installation installation, KubeSnapshot cluster, PrintWriter out);

    /**
     * Answers where only the installation is known, since whoever asks may not read what is served.
     *
     * @return the exit code
     */
    int unreadable(Installation installation, String why, PrintWriter out);

    /**
     * Answers where nothing is known, since the API server could not be asked.
     *
     * @param why with what to do about it
     * @return the exit code
     */
    int unreachable(String why, PrintWriter out);
}
