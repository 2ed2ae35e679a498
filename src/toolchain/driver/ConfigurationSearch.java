import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Collects what the jars and folders of the program say in META-INF/native-image about building it. */
final class ConfigurationSearch {
    private static final String PROPERTIES = "native-image.properties";

    private static final Map<String, String> OPTIONS = Map.of(
            "reflect-config.json", "ReflectionConfigurationResources",
            "proxy-config.json", "DynamicProxyConfigurationResources",
            "resource-config.json", "ResourceConfigurationResources",
            "jni-config.json", "JNIConfigurationResources",
            "serialization-config.json", "SerializationConfigurationResources",
            "predefined-classes-config.json", "PredefinedClassesConfigurationResources",
            "reachability-metadata.json", "ReachabilityMetadataResources");

    private final List<ConfigurationExclusion> exclusions;
    private final BuilderArguments found = new BuilderArguments();

    private ConfigurationSearch(List<ConfigurationExclusion> exclusions) {
        this.exclusions = exclusions;
    }

    static BuilderArguments search(CommandLine line) throws IOException {
        var search = new ConfigurationSearch(line.exclusions());
        for (var entry : line.classPath().entries()) {
            search.searchEntry(Path.of(entry));
        }
        for (var entry : line.modulePath()) {
            search.searchModules(Path.of(entry));
        }
        return search.found;
    }

    private void searchModules(Path entry) throws IOException {
        if (!Files.isDirectory(entry) || Files.exists(entry.resolve("module-info.class"))) {
            searchEntry(entry);
            return;
        }
        try (var modules = Files.list(entry)) {
            for (var module : modules.sorted().toList()) {
                searchEntry(module);
            }
        }
    }

    private void searchEntry(Path entry) throws IOException {
        if (Files.isDirectory(entry)) {
            searchRoot(entry, entry, entry.toUri().toString());
        } else if (Files.isRegularFile(entry) && entry.toString().endsWith(".jar")) {
            try (var jar = FileSystems.newFileSystem(entry)) {
                searchRoot(entry, jar.getPath("/"), "jar:" + entry.toUri() + "!/");
            }
        }
    }

    private void searchRoot(Path entry, Path root, String address) throws IOException {
        var folder = root.resolve("META-INF").resolve("native-image");
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var resource = root.relativize(file).toString();
                if (exclusions.stream().noneMatch(e -> e.matches(entry, resource))) {
                    read(file, resource, address + resource);
                }
            }
        }
    }

    private void read(Path file, String resource, String origin) throws IOException {
        var name = file.getFileName().toString();
        if (name.equals(PROPERTIES)) {
            readProperties(file, resource.substring(0, resource.lastIndexOf('/')), origin);
        } else if (OPTIONS.containsKey(name)) {
            new BuilderOptions(origin, found).add(OPTIONS.get(name), resource);
        }
    }

    private void readProperties(Path file, String folder, String origin) throws IOException {
        var properties = new Properties();
        try (var in = Files.newInputStream(file)) {
            properties.load(in);
        }
        found.vm().addAll(words(properties, "JavaArgs", folder));
        var options = new BuilderOptions(origin, found);
        var args = new Words(words(properties, "Args", folder));
        while (!args.isEmpty()) {
            var option = args.next();
            if (!options.accept(option, args)) {
                throw new UsageError("unrecognized option '" + option + "' in " + origin);
            }
        }
    }

    private static List<String> words(Properties properties, String key, String folder) {
        return Words.split(properties.getProperty(key, "").replace("${.}", folder));
    }
}
