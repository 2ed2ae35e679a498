import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Writes the --add-exports that the image builder's modules need from the JDK's: those packages named in a constant
 * pool that are not exported to the builder. All packages of all modules would be more than the 1000 that the virtual
 * machine accepts. Usage: BuilderExports &lt;module path&gt; &lt;output&gt;
 */
public final class BuilderExports {
    private static final Pattern TYPE = Pattern.compile("L([\\w/$]+)/[\\w$]+;");

    private final Map<String, ModuleDescriptor> owners = new HashMap<>();
    private final Map<String, Set<String>> exports = new TreeMap<>();

    private BuilderExports() {}

    public static void main(String... args) throws IOException {
        var result = new BuilderExports();
        result.findOwners();
        var paths = Arrays.stream(args[0].split(":")).map(Path::of).toArray(Path[]::new);
        for (var module : ModuleFinder.of(paths).findAll()) {
            result.addExportsTo(module);
        }
        // Named in no constant pool: the builder opens up the rest through it, by reflection.
        result.exports
                .computeIfAbsent("java.base/jdk.internal.module", k -> new TreeSet<>())
                .addAll(List.of("org.graalvm.nativeimage.builder", "org.graalvm.nativeimage.base"));
        Files.writeString(Path.of(args[1]), result.text());
    }

    private void findOwners() {
        for (var module : ModuleFinder.ofSystem().findAll()) {
            var descriptor = module.descriptor();
            // The JDK's own jdk.graal.* are replaced by the upgrade module path.
            if (!descriptor.name().startsWith("jdk.graal")) {
                descriptor.packages().forEach(p -> owners.put(p, descriptor));
            }
        }
    }

    private void addExportsTo(ModuleReference module) throws IOException {
        var name = module.descriptor().name();
        for (var used : packagesUsedBy(module)) {
            var owner = owners.get(used);
            if (owner != null && !isExported(owner, used, name)) {
                exports.computeIfAbsent(owner.name() + "/" + used, k -> new TreeSet<>())
                        .add(name);
            }
        }
    }

    private String text() {
        var text = new StringBuilder();
        exports.forEach((source, targets) -> text.append("--add-exports\n")
                .append(source)
                .append('=')
                .append(String.join(",", targets))
                .append('\n'));
        return text.toString();
    }

    private static boolean isExported(ModuleDescriptor owner, String name, String target) {
        return owner.exports().stream()
                .filter(e -> e.source().equals(name))
                .anyMatch(e -> !e.isQualified() || e.targets().contains(target));
    }

    private static Set<String> packagesUsedBy(ModuleReference module) throws IOException {
        var packages = new HashSet<String>();
        try (var reader = module.open();
                var names = reader.list()) {
            for (var name : names.filter(n -> n.endsWith(".class") && !n.equals("module-info.class"))
                    .toList()) {
                var buffer = reader.read(name).orElseThrow();
                var bytes = new byte[buffer.remaining()];
                buffer.get(bytes);
                addPackages(ClassFile.of().parse(bytes), packages);
            }
        }
        return packages;
    }

    private static void addPackages(ClassModel model, Set<String> packages) {
        for (var entry : model.constantPool()) {
            if (entry instanceof ClassEntry type) {
                var name = type.asInternalName();
                name = name.startsWith("[") ? name.substring(name.indexOf('L') + 1) : name;
                var end = name.lastIndexOf('/');
                if (end > 0) {
                    packages.add(name.substring(0, end).replace('/', '.'));
                }
            } else if (entry instanceof Utf8Entry text && text.stringValue().contains("/")) {
                var types = TYPE.matcher(text.stringValue());
                while (types.find()) {
                    packages.add(types.group(1).replace('/', '.'));
                }
            }
        }
    }
}
