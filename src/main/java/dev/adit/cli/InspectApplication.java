package dev.adit.cli;

import dev.adit.app.ClusterExaminer;
import dev.adit.app.ClusterReader;
import dev.adit.cli.mode.Examination;
import dev.adit.cli.mode.Inspection;
import dev.adit.cli.mode.Mode;
import dev.adit.doctor.Installation;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.source.SourceException;
import dev.adit.text.Visible;
import io.quarkus.runtime.QuarkusApplication;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The questions about a cluster, once Quarkus has given us a client. */
public class InspectApplication implements QuarkusApplication {
    private static final int FAILED = 2;

    private final ClusterReader cluster;
    private final ClusterExaminer examiner;

    InspectApplication(ClusterReader cluster, ClusterExaminer examiner) {
        this.cluster = cluster;
        this.examiner = examiner;
    }

    @Override
    public int run(String... args) throws InterruptedException {
        var discarded = new PrintWriter(PrintWriter.nullWriter());
        var mode = AditCommand.parse(discarded, discarded, args);
        var out = new PrintWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), true);
        var err = new PrintWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), true);
        return switch (mode) {
            case Mode.Inspect(var inspection) -> inspect(inspection, out, err);
            case Mode.Examine(var examination) -> examine(examination, out);
            case Mode.Serve _, Mode.Demo _, Mode.Sample _, Mode.Done _ ->
                throw new IllegalStateException("only a question comes here");
        };
    }

    private int inspect(Inspection inspection, PrintWriter out, PrintWriter err) throws InterruptedException {
        try {
            var watched = cluster.read(inspection.controllerNamespace(), Optional.empty(), inspection.configMap());
            return run(inspection, cluster.with(watched, inspection.looks(watched)), out, err);
        } catch (SourceException e) {
            err.println(Visible.of("adit: " + e.getMessage()));
            return FAILED;
        }
    }

    private int examine(Examination examination, PrintWriter out) throws InterruptedException {
        var account = examination.account();
        Installation installation;
        try {
            installation = examiner.examine(account, examination.watched());
        } catch (SourceException e) {
            return examination.unreachable(String.valueOf(e.getMessage()), out);
        }
        try {
            var watched = cluster.read(
                    account.namespace(),
                    examination.watched().or(installation::watchedNamespace),
                    examination.configMap());
            return examination.run(installation, cluster.with(watched, examination.looks(watched)), out);
        } catch (SourceException e) {
            return examination.unreadable(installation, String.valueOf(e.getMessage()), out);
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
