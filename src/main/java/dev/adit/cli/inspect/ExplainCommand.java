package dev.adit.cli.inspect;

import dev.adit.cli.mode.Mode;
import dev.adit.cli.options.InvalidArguments;
import dev.adit.explain.Explainer;
import dev.adit.explain.ExplanationJson;
import dev.adit.explain.ExplanationText;
import dev.adit.explain.JsonText;
import dev.adit.explain.Question;
import dev.adit.http.EncodedSlashes;
import dev.adit.kube.KubeSnapshot;
import dev.adit.match.Generation;
import dev.adit.match.RouteIndex;
import dev.adit.tls.CertificateTable;
import dev.adit.tls.DefaultCertificate;
import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code adit explain URL}. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = "Explain which rule serves a URL, and why other rules do not.")
public final class ExplainCommand extends InspectCommand {
    @Parameters(
            paramLabel = "URL",
            description = "For example https://shop.example.com/cart; the default scheme is http")
    private String url = "";

    @Option(
            names = {"-X", "--request"},
            paramLabel = "METHOD",
            defaultValue = "GET",
            description = "Method of the request [default: GET]")
    private String method = "";

    @Option(
            names = {"-H", "--header"},
            paramLabel = "'NAME: VALUE'",
            description = "Header field of the request")
    private @Nullable List<String> fields;

    @Option(
            names = "--gateway",
            paramLabel = "NAMESPACE/NAME",
            description = "Ask the listeners of this Gateway [default: whatever has the host on the port of the URL]")
    private String gateway = "";

    @Spec
    private @Nullable CommandSpec command;

    @Override
    public Mode call() {
        question(); // says what is wrong with it
        return super.call();
    }

    @Override
    public int run(KubeSnapshot cluster, PrintWriter out) {
        if (source().asksInstance()) {
            out.print(source().instance().ask(target()));
        } else {
            var snapshot = source().snapshot(cluster);
            var translation = source().translate(snapshot);
            var table = translation.table();
            var generation = new Generation(1, table, RouteIndex.compile(table), translation.endpoints());
            var fallback = DefaultCertificate.generate(Instant.now());
            var explanation = new Explainer(
                            generation,
                            translation,
                            port -> new CertificateTable(table, port, fallback),
                            EncodedSlashes.PASS,
                            snapshot,
                            source().others(snapshot)::problems)
                    .explain(question());
            out.print(
                    source().format() == SourceOptions.Format.JSON
                            ? JsonText.of(ExplanationJson.of(explanation))
                            : ExplanationText.of(explanation));
        }
        out.flush();
        return 0;
    }

    private Question question() {
        try {
            return Question.of(method, url, Question.fields(fields == null ? List.of() : fields))
                    .at(gateway);
        } catch (Question.InvalidException e) {
            throw InvalidArguments.of(command, String.valueOf(e.getMessage()));
        }
    }

    private String target() {
        var target = new StringBuilder("/explain?method=")
                .append(encode(method))
                .append("&url=")
                .append(encode(url));
        for (var field : fields == null ? List.<String>of() : fields) {
            target.append("&header=").append(encode(field));
        }
        if (!gateway.isEmpty()) {
            target.append("&gateway=").append(encode(gateway));
        }
        return target.append(source().format() == SourceOptions.Format.JSON ? "&output=json" : "")
                .toString();
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
