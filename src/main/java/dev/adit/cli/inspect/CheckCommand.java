package dev.adit.cli.inspect;

import dev.adit.explain.ExplanationJson;
import dev.adit.explain.JsonText;
import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.Namespace;
import dev.adit.kube.Problem;
import dev.adit.kube.Secret;
import dev.adit.kube.Status;
import dev.adit.kube.files.ManifestSet;
import dev.adit.kube.source.SourceException;
import dev.adit.text.Visible;
import dev.adit.translate.Translation;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code adit check FILE}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description =
                "Report what is wrong with manifests. Exits with 1 if there are errors. A reference to an object that is"
                        + " not among the manifests is a warning, or with --strict an error.")
public final class CheckCommand extends InspectCommand {
    @Parameters(
            paramLabel = "FILE",
            arity = "1..*",
            description =
                    "Manifests, folders of manifests, or - for standard input; with --manifests or --cluster they are"
                            + " checked as if applied there")
    private List<String> files = List.of();

    @Option(names = "--strict", description = "Treat a reference to a missing object as an error")
    private boolean strict;

    @Override
    public int run(KubeSnapshot cluster, PrintWriter out) {
        var manifests = read(files);
        var snapshot = source().asksInstance()
                ? manifests.snapshot(source().impliedClass())
                : manifests.over(source().snapshot(cluster));
        var translation = source().translate(snapshot);
        var problems = problems(manifests, translation);
        var others = source().others(snapshot).problems(_ -> true);
        if (source().format() == SourceOptions.Format.JSON) {
            var all = Stream.concat(problems.stream(), others.stream()).toList();
            out.print(JsonText.of(ExplanationJson.problems(all, this::severity)));
        } else {
            problems.forEach(
                    problem -> out.println(Visible.of((isError(problem) ? "error   " : "warning ") + problem)));
            others.forEach(other -> out.println(Visible.of("note    " + other)));
            out.printf(
                    "%d Ingresses%s, %d errors, %d warnings%n",
                    translation.ingresses().size(),
                    routes(translation),
                    problems.stream().filter(this::isError).count(),
                    problems.stream().filter(problem -> !isError(problem)).count());
        }
        var isEmpty = snapshot.items().allMatch(item -> item instanceof IngressClass || item instanceof Namespace)
                && problems.isEmpty();
        if (isEmpty && source().format() == SourceOptions.Format.TEXT) {
            out.println("error   there is nothing to check: no object of a kind that Adit serves. Is the name right?");
        }
        out.flush();
        return isEmpty || problems.stream().anyMatch(this::isError) ? 1 : 0;
    }

    /** Those of the Gateway API, where there are any. */
    private static String routes(Translation translation) {
        var routes = translation.statuses().values().stream()
                .filter(Status.OfRoute.class::isInstance)
                .count();
        return routes == 0 ? "" : ", " + routes + " routes of Gateways";
    }

    /** Those of the translation, and of Secrets that no Ingress names yet. */
    private List<Problem> problems(ManifestSet manifests, Translation translation) {
        var all = new ArrayList<>(translation.problems());
        var snapshot = manifests.snapshot(source().impliedClass());
        for (var secret : snapshot.all(Secret.KIND).toList()) {
            if (secret.content() instanceof Secret.Content.Broken broken
                    && !broken.field().equals("type")) {
                var reason = broken.isMismatch()
                        ? Problem.Reason.CERTIFICATE_KEY_MISMATCH
                        : Problem.Reason.CERTIFICATE_INVALID;
                all.add(new Problem("Secret", secret.key(), "", broken.field(), reason, broken.message()));
            }
        }
        return all;
    }

    static ManifestSet read(List<String> files) {
        var manifests = new ManifestSet();
        for (var file : files) {
            if (!file.equals("-")) {
                manifests.add(Path.of(file));
                continue;
            }
            try {
                manifests.add("(standard input)", new String(System.in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new SourceException("standard input cannot be read: " + e.getMessage());
            }
        }
        return manifests;
    }

    private boolean isError(Problem problem) {
        return severity(problem) == Problem.Severity.ERROR;
    }

    private Problem.Severity severity(Problem problem) {
        var usual = problem.reason().severity();
        return strict && usual == Problem.Severity.WARNING ? Problem.Severity.ERROR : usual;
    }
}
