package dev.adit.cli.inspect;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.adit.explain.JsonText;
import dev.adit.explain.TableText;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.source.SourceException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code adit routes}. */
@Command(name = "routes", mixinStandardHelpOptions = true, description = "Print every route and every problem.")
public final class RoutesCommand extends InspectCommand {
    @Option(
            names = "--signals",
            description = "Print rates, errors and latencies of the last minute, too; only a running Adit has them")
    private boolean signals;

    @Override
    public int run(KubeSnapshot cluster, PrintWriter out) {
        var json = source().format() == SourceOptions.Format.JSON;
        if (signals) {
            out.print(withSignals(json));
        } else if (source().asksInstance()) {
            out.print(source().instance().ask(json ? "/routes?output=json" : "/routes"));
        } else {
            var translation = source().translate(source().snapshot(cluster));
            out.print(json ? JsonText.of(TableText.json(translation)) : TableText.of(translation));
        }
        out.flush();
        return 0;
    }

    private String withSignals(boolean isJson) {
        if (!source().asksInstance()) {
            throw new SourceException("--signals: only a running Adit has them; leave --manifests and --cluster out");
        }
        var text = new StringBuilder(isJson ? "" : SignalsTable.HEAD + "  ROUTE\n");
        var items = JsonNodeFactory.instance.arrayNode();
        for (var page : source().instance().pages("routes")) {
            if (!page.path("statistics").asBoolean()) {
                throw new SourceException(TopCommand.OFF);
            }
            page.path("items").forEach(items::add);
        }
        for (var route : items) {
            var minute = route.path("signals").path("1m");
            text.append(isJson ? "" : SignalsTable.line(minute) + "  " + SignalsTable.route(route) + "\n");
        }
        return isJson ? JsonText.of(items) : text.toString();
    }
}
