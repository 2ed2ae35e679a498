package dev.adit.cli.inspect;

import dev.adit.cli.Mode;
import dev.adit.explain.TableText;
import dev.adit.kube.KubeSnapshot;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code adit routes}. */
@Command(name = "routes", mixinStandardHelpOptions = true, description = "Print every route, and every problem.")
public final class RoutesCommand implements Callable<Mode>, Inspection {
    @Mixin
    private SourceOptions source = new SourceOptions();

    @Override
    public Mode call() {
        return new Mode.Inspect(this);
    }

    @Override
    public boolean needsCluster() {
        return source.needsCluster();
    }

    @Override
    public int run(KubeSnapshot cluster, PrintWriter out) {
        var json = source.format() == SourceOptions.Format.JSON;
        if (source.asksInstance()) {
            out.print(ManagementClient.get(source.managementPort(), json ? "/routes?output=json" : "/routes"));
        } else {
            var translation = source.translate(source.snapshot(cluster));
            out.print(json ? TableText.json(translation).toPrettyString() + "\n" : TableText.of(translation));
        }
        out.flush();
        return 0;
    }
}
