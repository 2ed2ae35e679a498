package dev.adit.cli.options;

import dev.adit.observe.log.AccessLogOptions;
import dev.adit.observe.log.LineFormat;
import dev.adit.observe.log.LogSelection;
import dev.adit.observe.log.Queries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What is written of each request. */
final class AccessLogArguments {
    private static final Pattern STATUSES = Pattern.compile("([1-5])xx|([1-5][0-9]{2})(?:-([1-5][0-9]{2}))?");
    private static final int HUNDRED = 100;

    /** How lines look. */
    enum Format {
        OFF,
        NGINX,
        JSON
    }

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec command;

    @Option(
            names = "--access-log",
            paramLabel = "FORMAT",
            defaultValue = "${env:ADIT_ACCESS_LOG:-off}",
            description =
                    "A line for each request: off; nginx: as ingress-nginx writes it; json: by the names of OpenTelemetry"
                            + " [ADIT_ACCESS_LOG; default: off]")
    private Format format = Format.OFF;

    @Option(
            names = "--access-log-format",
            paramLabel = "TEXT",
            defaultValue = "${env:ADIT_ACCESS_LOG_FORMAT:-" + Option.NULL_VALUE + "}",
            description =
                    "The line of --access-log=nginx, with variables of nginx such as $remote_addr"
                            + " [ADIT_ACCESS_LOG_FORMAT; default: log-format-upstream of --configmap, or that of ingress-nginx]")
    private @Nullable String text;

    @Option(
            names = "--access-log-file",
            paramLabel = "FILE",
            defaultValue = "${env:ADIT_ACCESS_LOG_FILE:-" + Option.NULL_VALUE + "}",
            description = "Write to this file, which is opened again at SIGUSR1, and when it has been moved away"
                    + " [ADIT_ACCESS_LOG_FILE; default: standard output]")
    private @Nullable Path file;

    @Option(
            names = "--access-log-file-size",
            paramLabel = "SIZE",
            defaultValue = "${env:ADIT_ACCESS_LOG_FILE_SIZE:-64Mi}",
            converter = SizeConverter.class,
            description =
                    "Put the file aside as FILE.1 when it has this size [ADIT_ACCESS_LOG_FILE_SIZE; default: 64Mi]")
    private int fileBytes;

    @Option(
            names = "--access-log-files",
            paramLabel = "COUNT",
            defaultValue = "${env:ADIT_ACCESS_LOG_FILES:-3}",
            description = "How many files that were put aside are kept [ADIT_ACCESS_LOG_FILES; default: 3]")
    private int files;

    @Option(
            names = "--access-log-status",
            paramLabel = "STATUS",
            split = ",",
            defaultValue = "${env:ADIT_ACCESS_LOG_STATUS:-" + Option.NULL_VALUE + "}",
            description = "Write only requests with one of these, such as 404, 4xx or 500-599"
                    + " [ADIT_ACCESS_LOG_STATUS; default: all]")
    private @Nullable List<String> statuses;

    @Option(
            names = "--access-log-slow",
            paramLabel = "TIME",
            defaultValue = "${env:ADIT_ACCESS_LOG_SLOW:-" + Option.NULL_VALUE + "}",
            converter = TimeConverter.class,
            description = "Write only requests that took this time, and those of --access-log-status"
                    + " [ADIT_ACCESS_LOG_SLOW; default: all]")
    private @Nullable Duration slow;

    @Option(
            names = "--access-log-sample",
            paramLabel = "N",
            defaultValue = "${env:ADIT_ACCESS_LOG_SAMPLE:-1}",
            description = "Write one in N of these requests [ADIT_ACCESS_LOG_SAMPLE; default: 1]")
    private int sample;

    @Option(
            names = "--access-log-query",
            paramLabel = "HOW",
            defaultValue = "${env:ADIT_ACCESS_LOG_QUERY:-keep}",
            description = "hide: write REDACTED in place of query strings [ADIT_ACCESS_LOG_QUERY; default: keep]")
    private Queries queries = Queries.KEEP;

    /** Nothing is written where they are empty. */
    Optional<AccessLogOptions> options() {
        if (format == Format.OFF) {
            return Optional.empty();
        }
        if (files < 0) {
            throw invalid("--access-log-files", files + "; use a number from 0");
        }
        if (sample < 1) {
            throw invalid("--access-log-sample", sample + "; use a number from 1");
        }
        if (file != null && Files.isDirectory(file)) {
            throw invalid("--access-log-file", "'" + file + "' is a folder; name a file in it");
        }
        var selection = new LogSelection(
                statuses == null
                        ? List.of()
                        : statuses.stream().map(this::statuses).toList(),
                Optional.ofNullable(slow),
                sample);
        var ofRoutes = format == Format.NGINX && text == null ? Optional.of(queries) : Optional.<Queries>empty();
        return Optional.of(
                new AccessLogOptions(lines(), ofRoutes, selection, Optional.ofNullable(file), fileBytes, files));
    }

    private LineFormat lines() {
        if (format == Format.JSON) {
            return LineFormat.json(queries);
        }
        try {
            return LineFormat.nginx(text == null ? LineFormat.INGRESS_NGINX : text, queries);
        } catch (IllegalArgumentException e) {
            throw invalid("--access-log-format", String.valueOf(e.getMessage()));
        }
    }

    private LogSelection.Statuses statuses(String written) {
        var found = STATUSES.matcher(written.strip());
        if (!found.matches()) {
            throw invalid("--access-log-status", "'" + written + "'; use statuses such as 404, 4xx or 500-599");
        }
        if (found.group(1) != null) {
            var first = Integer.parseInt(found.group(1)) * HUNDRED;
            return new LogSelection.Statuses(first, first + HUNDRED - 1);
        }
        var first = Integer.parseInt(found.group(2));
        return new LogSelection.Statuses(first, found.group(3) == null ? first : Integer.parseInt(found.group(3)));
    }

    private RuntimeException invalid(String option, String why) {
        return InvalidArguments.value(command, option, why);
    }
}
