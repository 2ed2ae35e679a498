package dev.adit.cli.inspect;

import dev.adit.cli.mode.Mode;
import dev.adit.explain.JsonText;
import dev.adit.kube.ConfigMap;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.migrate.GatewayObjects;
import dev.adit.migrate.Migration;
import dev.adit.migrate.MigrationJson;
import dev.adit.migrate.MigrationReport.Verdict;
import dev.adit.migrate.MigrationText;
import dev.adit.text.Visible;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code adit migrate FILE}, or {@code adit migrate --cluster}. */
@Command(
        name = "migrate",
        mixinStandardHelpOptions = true,
        description =
                "Report how the Ingresses of ingress-nginx would be served: exactly as before, otherwise, or not at all,"
                        + " and what to do about it. Changes nothing. Exits with 1 unless all are served exactly as before.")
public final class MigrateCommand extends InspectCommand {
    private static final String GATEWAY_API = "gateway-api";

    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description =
                    "Manifests, folders of manifests, or - for standard input; with --cluster they are looked at as if"
                            + " applied there")
    private List<String> files = List.of();

    @Option(
            names = "--to",
            paramLabel = GATEWAY_API,
            description =
                    "Print a Gateway and HTTPRoutes that say the same as all Ingresses of this controller, with a note"
                            + " (# x-adit) of each thing that has no equivalent. Exits with 1 if there are notes.")
    private String target = "";

    @Option(
            names = "--gateway-class",
            paramLabel = "NAME",
            defaultValue = "adit",
            description = "The class of that Gateway [default: adit]")
    private String gatewayClass = "";

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Mode call() {
        if (files.isEmpty() && source().asksInstance() && command != null) {
            throw new ParameterException(
                    command.commandLine(), "migrate looks at objects: give manifests, or --cluster");
        }
        if (!target.isEmpty() && !target.equals(GATEWAY_API) && command != null) {
            throw new ParameterException(command.commandLine(), "--to takes " + GATEWAY_API + ", and not " + target);
        }
        return super.call();
    }

    /** That of --configmap, or the one that ingress-nginx mostly has. */
    @Override
    public Optional<ObjectKey> configMap() {
        return super.configMap().or(() -> Optional.of(Migration.USUAL_CONFIG_MAP));
    }

    @Override
    public int run(KubeSnapshot cluster, PrintWriter out) {
        var objects = source().withIngressNginx(CheckCommand.read(files), cluster);
        var options = source().options().servingIngressNginx(configMap(objects));
        var translation = source().translate(objects, options);
        if (target.equals(GATEWAY_API)) {
            var written = new GatewayObjects(translation, gatewayClass);
            written.lines().forEach(line -> out.println(Visible.of(line)));
            out.flush();
            return written.notes() == 0 ? 0 : 1;
        }
        var report = new Migration(objects, options, translation).report();
        if (source().format() == SourceOptions.Format.JSON) {
            out.print(JsonText.of(MigrationJson.of(report)));
        } else {
            MigrationText.of(report).forEach(out::println);
        }
        out.flush();
        return report.verdict() == Verdict.EXACT && !report.ingresses().isEmpty() ? 0 : 1;
    }

    /** Where nobody has named one, and there is none at the usual place, there is none. */
    private Optional<ObjectKey> configMap(KubeSnapshot objects) {
        return super.configMap()
                .or(() -> objects.all(ConfigMap.KIND)
                        .map(ConfigMap::key)
                        .filter(Migration.USUAL_CONFIG_MAP::equals)
                        .findFirst());
    }
}
