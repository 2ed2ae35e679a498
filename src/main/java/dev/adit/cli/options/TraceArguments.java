package dev.adit.cli.options;

import dev.adit.observe.trace.TraceOptions;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where traces go. */
final class TraceArguments {
    private static final int MOST_PORT = 65_535;
    private static final Set<String> SCHEMES = Set.of("http", "https");

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--trace-endpoint",
            paramLabel = "URL",
            defaultValue = "${env:ADIT_TRACE_ENDPOINT:-" + Option.NULL_VALUE + "}",
            description = "Send spans to this collector by OTLP over HTTP, such as http://collector:4318"
                    + " [ADIT_TRACE_ENDPOINT; default: nothing is traced]")
    private @Nullable String endpoint;

    @Option(
            names = "--trace-sample",
            paramLabel = "RATIO",
            defaultValue = "${env:ADIT_TRACE_SAMPLE:-0.01}",
            description = "How many of the requests that belong to no trace yet are traced, from 0 to 1; for others"
                    + " their traceparent or B3 fields decide [ADIT_TRACE_SAMPLE; default: 0.01]")
    private double ratio;

    /** Nothing is traced where they are empty. */
    Optional<TraceOptions> options() {
        if (endpoint == null) {
            return Optional.empty();
        }
        if (!(ratio >= 0 && ratio <= 1)) {
            throw InvalidArguments.value(command, "--trace-sample", ratio + "; use a number from 0 to 1");
        }
        return Optional.of(new TraceOptions(url(endpoint), ratio));
    }

    private URI url(String text) {
        try {
            var url = new URI(text.strip());
            var scheme = url.getScheme();
            if (scheme != null
                    && SCHEMES.contains(scheme)
                    && url.getHost() != null
                    && url.getPort() <= MOST_PORT
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null) {
                return url;
            }
        } catch (URISyntaxException _) {
            // as one that says something else
        }
        throw InvalidArguments.value(
                command,
                "--trace-endpoint",
                "use a URL such as http://collector:4318, without user, query and fragment");
    }
}
