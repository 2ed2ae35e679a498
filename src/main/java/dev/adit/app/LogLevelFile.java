package dev.adit.app;

import dev.adit.supervision.Supervised;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The file of {@code --log-level-file}, which is read again every few seconds. A line is the level of Adit, or
 * {@code CATEGORY=LEVEL}; a category that the file no longer names has its own level again.
 */
final class LogLevelFile implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("dev.adit");
    private static final Duration AGAIN = Duration.ofSeconds(3);
    private static final String OWN = "dev.adit";
    private static final Set<String> LEVELS = Set.of("ERROR", "WARN", "INFO", "DEBUG");
    private static final int MOST_BYTES = 10_000;

    private final Path file;
    private final Supervised thread = new Supervised("adit-log-level", this::turn);
    private final Map<String, Held> held = new HashMap<>();

    /**
     * A category that the file names. Its logger is held, lest its level is lost with it.
     *
     * @param before its level without the file; empty where it had none of its own
     */
    private record Held(java.util.logging.Logger logger, Optional<Level> before) {}

    private @Nullable String known;
    private String fault = "";

    LogLevelFile(Path file) {
        this.file = file;
        look();
        thread.start();
    }

    private void turn() throws InterruptedException {
        Thread.sleep(AGAIN);
        look();
    }

    /** What cannot be used changes nothing, and is reported once. */
    private void look() {
        try {
            var text = read();
            if (!text.equals(known)) {
                apply(levels(text));
                known = text;
                LOG.infof(
                        "Log levels are those of %s: %s",
                        file, String.join(", ", text.lines().toList()));
            }
            fault = "";
        } catch (IOException | IllegalArgumentException e) {
            var reason = e instanceof IOException ? e.toString() : String.valueOf(e.getMessage());
            if (!reason.equals(fault)) {
                LOG.warnf(
                        "--log-level-file: '%s' cannot be used: %s. The levels stay as they are. Write ERROR, WARN, INFO or DEBUG,"
                                + " or lines such as io.fabric8=DEBUG",
                        file, reason);
            }
            fault = reason;
        }
    }

    private String read() throws IOException {
        if (Files.exists(file) && !(Files.isRegularFile(file) && Files.size(file) <= MOST_BYTES)) {
            throw new IllegalArgumentException("it is not a file of at most " + MOST_BYTES + " bytes");
        }
        return Files.readString(file);
    }

    private static Map<String, String> levels(String text) {
        var levels = new HashMap<String, String>();
        text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(line -> {
                    var equals = line.indexOf('=');
                    var level = line.substring(equals + 1).strip().toUpperCase(Locale.ROOT);
                    if (!LEVELS.contains(level)) {
                        throw new IllegalArgumentException("'" + line + "' is not a level");
                    }
                    levels.put(equals < 0 ? OWN : line.substring(0, equals).strip(), level);
                });
        return levels;
    }

    private void apply(Map<String, String> levels) {
        held.forEach((category, one) -> {
            if (!levels.containsKey(category)) {
                one.logger.setLevel(one.before.orElse(null));
            }
        });
        held.keySet().retainAll(levels.keySet());
        levels.forEach((category, level) -> held.computeIfAbsent(category, LogLevelFile::hold)
                .logger
                .setLevel(org.jboss.logmanager.Level.parse(level)));
    }

    private static Held hold(String category) {
        var logger = java.util.logging.Logger.getLogger(category);
        return new Held(logger, Optional.ofNullable(logger.getLevel()));
    }

    @Override
    public void close() {
        thread.close();
    }
}
