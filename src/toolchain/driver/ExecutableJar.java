import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;

/** What the manifest of a jar says about how to run it. */
record ExecutableJar(Path path, Attributes attributes) {
    static ExecutableJar read(Path path) throws IOException {
        if (!Files.isRegularFile(path)) {
            throw new UsageError("no such jar file: " + path);
        }
        try (var file = new JarFile(path.toFile())) {
            var manifest = file.getManifest();
            if (manifest == null || manifest.getMainAttributes().getValue(Attributes.Name.MAIN_CLASS) == null) {
                throw new UsageError("no main manifest attribute, in " + path);
            }
            return new ExecutableJar(path, manifest.getMainAttributes());
        }
    }

    String mainClass() {
        return attributes.getValue(Attributes.Name.MAIN_CLASS);
    }

    String name() {
        return path.getFileName().toString().replaceFirst("\\.jar$", "");
    }

    void addOptions(BuilderOptions options) {
        addPackages("Add-Opens", "AddOpens", options);
        addPackages("Add-Exports", "AddExports", options);
        if ("ALL-UNNAMED".equals(attributes.getValue("Enable-Native-Access"))) {
            options.add("EnableNativeAccess", "ALL-UNNAMED");
        }
    }

    private void addPackages(String attribute, String option, BuilderOptions options) {
        var packages = attributes.getValue(attribute);
        if (packages != null) {
            for (var name : packages.trim().split("\\s+")) {
                options.add(option, name + "=ALL-UNNAMED");
            }
        }
    }
}
