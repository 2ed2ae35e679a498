package dev.adit.cli.inspect;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.adit.cli.mode.Examination;
import dev.adit.cli.mode.Mode;
import dev.adit.cli.options.AskedCluster;
import dev.adit.cli.options.TranslationArguments;
import dev.adit.doctor.Finding;
import dev.adit.doctor.Installation;
import dev.adit.doctor.InstallationChecks;
import dev.adit.doctor.Served;
import dev.adit.doctor.ServingChecks;
import dev.adit.explain.JsonText;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.Looks;
import dev.adit.kube.ObjectKey;
import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.text.Hyphens;
import dev.adit.text.Visible;
import dev.adit.translate.Translation;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.assembly.Assembler;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code adit doctor}. */
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description =
                "Look for what is wrong with Adit in the cluster of KUBECONFIG: the API server, permissions, pods, addresses,"
                        + " the class, certificates, names in DNS and the Gateway API. Says what to do about each. Exits with 1 if"
                        + " there are errors.")
public final class DoctorCommand implements Callable<Mode>, Examination {
    @Mixin(name = "Cluster")
    private AskedCluster asked = new AskedCluster();

    @Option(
            names = "--service-account",
            paramLabel = "NAME",
            defaultValue = "adit",
            description = "The ServiceAccount of Adit there [default: adit]")
    private String account = "";

    @Option(
            names = "--watch-namespace",
            paramLabel = "NAMESPACE",
            description = "The namespace that is served, if it is only one [default: all]")
    private @Nullable String watched;

    @Option(names = "--no-dns", description = "Do not look for the names of hosts")
    private boolean withoutDns;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "Output format: ${COMPLETION-CANDIDATES} [default: text]")
    private SourceOptions.Format format = SourceOptions.Format.TEXT;

    @Mixin(name = "As served")
    private TranslationArguments translation = new TranslationArguments();

    @Override
    public Mode call() {
        return new Mode.Examine(this);
    }

    @Override
    public Optional<Path> kubeconfig() {
        return asked.kubeconfig();
    }

    @Override
    public ObjectKey account() {
        return new ObjectKey(asked.controllerNamespace(), account);
    }

    @Override
    public Optional<String> watched() {
        return Optional.ofNullable(watched);
    }

    @Override
    public Optional<ObjectKey> configMap() {
        return translation.configMap();
    }

    @Override
    public Looks looks(KubeSnapshot snapshot) {
        return new Assembler(options()).looks(snapshot, Instant.now());
    }

    private TranslationOptions options() {
        return translation.options(asked.controllerNamespace(), TranslationOptions.MAX_TARGET);
    }

    @Override
    public int run(Installation installation, KubeSnapshot cluster, PrintWriter out) {
        var now = Instant.now();
        var translated = new Assembler(options()).translate(cluster, now);
        var unasked = new Served(cluster, translated, translation.ingressClass(), Map.of());
        var names = Stream.concat(unasked.shown().stream(), exact(translated).stream())
                .toList();
        var served = withoutDns
                ? unasked
                : new Served(cluster, translated, translation.ingressClass(), new HostAddresses(names).found());
        var findings = new ArrayList<>(InstallationChecks.of(installation));
        findings.addAll(ServingChecks.of(served, installation.hasGatewayApi(), now));
        return report(findings, out);
    }

    private static List<String> exact(Translation translated) {
        return translated.table().hostsByName().stream()
                .map(Host::name)
                .filter(Hostname.Exact.class::isInstance)
                .map(Hostname::text)
                .toList();
    }

    @Override
    public int unreadable(Installation installation, String why, PrintWriter out) {
        var findings = new ArrayList<>(InstallationChecks.of(installation));
        findings.add(new Finding(
                Finding.Level.WARNING,
                "served",
                "you may not read what is served, so nothing is said of it: " + why,
                "Ask as a user who may list these, or name the one namespace that is served: --watch-namespace."));
        return report(findings, out);
    }

    @Override
    public int unreachable(String why, PrintWriter out) {
        return report(List.of(new Finding(Finding.Level.ERROR, "API server", why, "")), out);
    }

    private int report(List<Finding> findings, PrintWriter out) {
        if (format == SourceOptions.Format.JSON) {
            var items = JsonNodeFactory.instance.arrayNode();
            findings.forEach(finding -> items.addObject()
                    .put("level", Hyphens.of(finding.level()))
                    .put("subject", finding.subject())
                    .put("text", finding.text())
                    .put("remedy", finding.remedy()));
            out.print(JsonText.of(items));
        } else {
            findings.forEach(finding -> print(finding, out));
            out.printf("%n%s, %s%n", count(findings, Finding.Level.ERROR), count(findings, Finding.Level.WARNING));
        }
        out.flush();
        return findings.stream().anyMatch(finding -> finding.level() == Finding.Level.ERROR) ? 1 : 0;
    }

    private static void print(Finding finding, PrintWriter out) {
        out.println(
                Visible.of("%-8s %-12s %s".formatted(Hyphens.of(finding.level()), finding.subject(), finding.text())));
        if (!finding.remedy().isEmpty()) {
            out.println(Visible.of(" ".repeat(22) + finding.remedy()));
        }
    }

    private static String count(List<Finding> findings, Finding.Level level) {
        var count =
                findings.stream().filter(finding -> finding.level() == level).count();
        return count + " " + Hyphens.of(level) + (count == 1 ? "" : "s");
    }
}
