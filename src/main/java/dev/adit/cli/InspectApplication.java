package dev.adit.cli;

import dev.adit.app.ClusterReader;
import dev.adit.cli.mode.Inspection;
import dev.adit.cli.mode.Mode;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.source.SourceException;
import dev.adit.text.Visible;
import io.quarkus.runtime.QuarkusApplication;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The questions about a cluster, once Quarkus has given us a client. */
public class InspectApplication implements QuarkusApplication {
    private static final int FAILED = 2;

    private final ClusterReader cluster;

    InspectApplication(ClusterReader cluster) {
        this.cluster = cluster;
    }

    @Override
    public int run(String... args) throws InterruptedException {
        var discarded = new PrintWriter(PrintWriter.nullWriter());
        if (!(AditCommand.parse(discarded, discarded, args) instanceof Mode.Inspect(var inspection))) {
            throw new IllegalStateException("only a question comes here");
        }
        var out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
        var err = new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
        try {
            var watched = cluster.read(inspection.controllerNamespace(), inspection.configMap());
            return run(inspection, cluster.with(watched, inspection.looks(watched)), out, err);
        } catch (SourceException e) {
            err.println(Visible.of("adit: " + e.getMessage()));
            return FAILED;
        }
    }

    public static int run(Inspection inspection, KubeSnapshot cluster, PrintWriter out, PrintWriter err) {
        try {
            return inspection.run(cluster, out);
        } catch (SourceException e) {
            err.println(Visible.of("adit: " + e.getMessage()));
            return FAILED;
        }
    }
}
