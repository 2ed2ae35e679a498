package dev.adit.cli.inspect;

import dev.adit.cli.mode.Mode;
import dev.adit.cli.options.TargetConverter;
import dev.adit.compare.AccessLog;
import dev.adit.compare.Asker;
import dev.adit.compare.Comparison;
import dev.adit.compare.Question;
import dev.adit.compare.Questions;
import dev.adit.compare.Target;
import dev.adit.kube.Ingress;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.source.SourceException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code adit compare --old ADDRESS --new ADDRESS FILE}. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description =
                "Ask two controllers for every host and path of some Ingresses, and report where the answers differ: status,"
                        + " fields that matter, certificate. Only GET and HEAD are sent, and no more than --rate of them in a second."
                        + " Exits with 1 if something differs.")
public final class CompareCommand extends InspectCommand {
    @Parameters(
            paramLabel = "FILE",
            arity = "0..*",
            description =
                    "Manifests, folders of manifests, or - for standard input; with --cluster its Ingresses are asked for")
    private List<String> files = List.of();

    @Option(
            names = "--old",
            paramLabel = "ADDRESS",
            required = true,
            converter = TargetConverter.class,
            description =
                    "The controller of today: its address, and its ports for HTTP and HTTPS where they are not 80 and 443,"
                            + " such as 10.0.0.5 or 127.0.0.1:8080:8443")
    private @Nullable Target old;

    @Option(
            names = "--new",
            paramLabel = "ADDRESS",
            required = true,
            converter = TargetConverter.class,
            description = "The controller that is to take over, likewise")
    private @Nullable Target other;

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description =
                    "An access log of ingress-nginx: what users have asked is asked, too, as far as it was GET or HEAD")
    private @Nullable Path log;

    @Option(
            names = "--most",
            paramLabel = "N",
            defaultValue = "1000",
            description = "How many different requests are taken from --log [default: 1000]")
    private int most;

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many requests each of them gets in a second, from 1 to 1000 [default: 10]")
    private int rate;

    @Option(
            names = "--field",
            paramLabel = "NAME",
            description = "One more field to compare, such as one by which a backend names itself; can be repeated")
    private List<String> fields = List.of();

    @Option(names = "--body", description = "Compare the bodies of answers, too")
    private boolean withBody;

    @Spec
    private @Nullable CommandSpec command;

    private int unread;

    @Override
    public Mode call() {
        if (command != null && (rate < 1 || rate > 1_000)) {
            throw new ParameterException(command.commandLine(), "--rate is from 1 to 1000");
        }
        if (files.isEmpty() && source().asksInstance() && command != null) {
            throw new ParameterException(
                    command.commandLine(), "compare asks for what Ingresses have: give manifests, or --cluster");
        }
        return super.call();
    }

    @Override
    public int run(KubeSnapshot cluster, PrintWriter out) {
        var ingresses = ingresses(cluster);
        var questions = new TreeSet<>(Questions.of(ingresses));
        if (log != null) {
            questions.addAll(ofLog(log, ingresses));
        }
        if (questions.isEmpty()) {
            throw new SourceException("there is nothing to ask: no Ingress with a host. Is the name right?");
        }
        var names = fields.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        return report(names, questions, out);
    }

    private Collection<Ingress> ingresses(KubeSnapshot cluster) {
        var objects = source().withIngressNginx(CheckCommand.read(files), cluster);
        var options = source().options().servingIngressNginx(configMap());
        return source().translate(objects, options).own();
    }

    private Set<Question> ofLog(Path file, Collection<Ingress> ingresses) {
        // What clients have sent may be anything: every byte is a character.
        try (var lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            var read = new AccessLog(ingresses).read(lines, most);
            if (read.questions().isEmpty()) {
                throw new SourceException(
                        "--log: of " + read.lines() + " lines in " + file + " none is a GET or HEAD for one of these"
                                + " Ingresses; give an access log of ingress-nginx, or lines of JSON with host, request_uri and request_method");
            }
            unread = read.unread();
            return read.questions();
        } catch (IOException | UncheckedIOException e) {
            throw new SourceException("--log: " + file + " cannot be read: " + e.getMessage());
        }
    }

    private int report(Set<String> names, Set<Question> questions, PrintWriter out) {
        if (old == null || other == null) {
            throw new IllegalStateException("both are required");
        }
        var report = new ComparisonReport(out, source().format() == SourceOptions.Format.TEXT);
        new Comparison(new Asker(names, withBody), old, other, rate).ask(questions, report);
        if (unread > 0) {
            report.note(unread + " lines of the log were not understood");
        }
        report.end(old + " and " + other);
        return report.isAlike() ? 0 : 1;
    }
}
