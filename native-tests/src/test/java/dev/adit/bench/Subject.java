package dev.adit.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A proxy to be measured.
 *
 * @param controller what the IngressClass names, or empty for one that reads a file of routes
 * @param executable whose size counts
 */
public record Subject(String name, String controller, Path executable, Launcher launcher) {
    /** Writes what it needs into the setting's directory, and tells how it is started. */
    public interface Launcher {
        Command command(Setting setting) throws IOException;
    }

    public record Command(List<String> words, Map<String, String> environment) {
        public Command(String... words) {
            this(List.of(words), Map.of());
        }
    }

    public boolean isAdit() {
        return name.startsWith("Adit");
    }
}
