import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** The class path of the program, with what its jars' manifests add. */
final class ClassPath {
    private final Set<String> entries = new LinkedHashSet<>();

    Set<String> entries() {
        return entries;
    }

    void add(String classPath) throws IOException {
        for (var entry : classPath.split(":")) {
            if (entry.equals("*")) {
                addJarsOf(Path.of("."));
            } else if (entry.endsWith("/*")) {
                addJarsOf(Path.of(entry.substring(0, entry.length() - 2)));
            } else if (!entry.isEmpty() && Files.exists(Path.of(entry))) {
                addEntry(Path.of(entry));
            }
        }
    }

    void addCurrentFolder() {
        entries.add(".");
    }

    /** Follows the manifest even where the jar is there already, as "folder/*" does not follow those of its jars. */
    void addJar(Path jar) throws IOException {
        var path = jar.toAbsolutePath().normalize();
        entries.add(path.toString());
        addFromManifest(path);
    }

    private void addEntry(Path entry) throws IOException {
        var path = entry.toAbsolutePath().normalize();
        if (entries.add(path.toString()) && Files.isRegularFile(path)) {
            addFromManifest(path);
        }
    }

    private void addJarsOf(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .forEach(jar -> entries.add(jar.toAbsolutePath().normalize().toString()));
        }
    }

    private void addFromManifest(Path jar) throws IOException {
        try (var file = new JarFile(jar.toFile())) {
            var manifest = file.getManifest();
            var classPath =
                    manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            if (classPath == null) {
                return;
            }
            for (var entry : classPath.trim().split("\\s+")) {
                var path = entry.startsWith("file:")
                        ? Path.of(URI.create(entry))
                        : jar.getParent().resolve(entry).normalize();
                if (Files.exists(path)) {
                    addEntry(path);
                }
            }
        }
    }
}
