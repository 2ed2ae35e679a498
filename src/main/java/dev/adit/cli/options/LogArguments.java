package dev.adit.cli.options;

import dev.adit.config.LogOptions;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The log of Adit itself. */
final class LogArguments {
    /** How a line looks. */
    enum Format {
        TEXT,
        JSON
    }

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            defaultValue = "${env:ADIT_LOG_FORMAT:-text}",
            description = "How Adit writes its own log: text or json [ADIT_LOG_FORMAT; default: text]")
    private Format format = Format.TEXT;

    @Option(
            names = "--log-level-file",
            paramLabel = "FILE",
            defaultValue = "${env:ADIT_LOG_LEVEL_FILE:-" + Option.NULL_VALUE + "}",
            description =
                    "File with a level such as DEBUG, or with lines such as io.fabric8=DEBUG. A change holds after a few"
                            + " seconds, without a restart [ADIT_LOG_LEVEL_FILE; default: INFO]")
    private @Nullable Path levelFile;

    LogOptions options() {
        return new LogOptions(format == Format.JSON, Optional.ofNullable(levelFile));
    }
}
