package dev.adit.cli.inspect;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.adit.cli.mode.Mode;
import dev.adit.explain.JsonText;
import dev.adit.explain.RoutingDiff;
import dev.adit.kube.KubeSnapshot;
import dev.adit.text.Visible;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code adit diff -f FILE}. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        description =
                "Report what applying manifests would change in the routing of a cluster, or of --manifests. Exits with 0 if"
                        + " nothing would change, and with 1 if something would.")
public final class DiffCommand extends InspectCommand {
    @Option(
            names = {"-f", "--filename"},
            paramLabel = "FILE",
            required = true,
            description = "Manifests, folders of manifests, or - for standard input")
    private List<String> files = List.of();

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Mode call() {
        if (source().asksInstance() && command != null) {
            throw new ParameterException(
                    command.commandLine(), "diff compares objects: give --cluster, or --manifests DIR");
        }
        return super.call();
    }

    @Override
    public int run(KubeSnapshot cluster, PrintWriter out) {
        var before = source().snapshot(cluster);
        var after = CheckCommand.read(files).over(before);
        var changes = RoutingDiff.between(source().translate(before), source().translate(after));
        if (source().format() == SourceOptions.Format.JSON) {
            var json = JsonNodeFactory.instance.arrayNode();
            changes.forEach(change -> json.addObject()
                    .put("change", change.kind().name())
                    .put("subject", change.subject())
                    .put("before", change.before())
                    .put("after", change.after()));
            out.print(JsonText.of(json));
        } else if (changes.isEmpty()) {
            out.println("nothing changes in routing");
        } else {
            changes.forEach(change -> out.println(Visible.of(change.toString())));
        }
        out.flush();
        return changes.isEmpty() ? 0 : 1;
    }
}
