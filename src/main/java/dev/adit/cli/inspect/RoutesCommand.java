package dev.adit.cli.inspect;

import dev.adit.explain.JsonText;
import dev.adit.explain.TableText;
import dev.adit.kube.KubeSnapshot;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** {@code adit routes}. */
@Command(name = "routes", mixinStandardHelpOptions = true, description = "Print every route and every problem.")
public final class RoutesCommand extends InspectCommand {
    @Override
    public int run(KubeSnapshot cluster, PrintWriter out) {
        var json = source().format() == SourceOptions.Format.JSON;
        if (source().asksInstance()) {
            out.print(source().ask(json ? "/routes?output=json" : "/routes"));
        } else {
            var translation = source().translate(source().snapshot(cluster));
            out.print(json ? JsonText.of(TableText.json(translation)) : TableText.of(translation));
        }
        out.flush();
        return 0;
    }
}
