import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which program becomes the image, and where the image goes. */
final class ImageTarget {
    private String mainClass;
    private String mainModule;
    private String defaultName;
    private String name;
    private Path folder = Path.of("");

    boolean hasProgram() {
        return mainClass != null || mainModule != null;
    }

    void mainClass(String className, String imageName) {
        mainClass = className;
        defaultName = imageName;
    }

    /** As in java -m: module[/class] */
    void mainModule(String module) {
        mainModule = module;
        defaultName = module.replaceAll(".*[/.]", "").toLowerCase(Locale.ROOT);
    }

    void output(String file) {
        var path = Path.of(file);
        name = path.getFileName().toString();
        folder = path.getParent() != null ? path.getParent() : folder;
    }

    String folderArgument() {
        return "-H:Path@driver=" + folder.toAbsolutePath().normalize();
    }

    /** Comes after the given arguments, as the builder takes the last of several. */
    List<String> arguments(List<String> given) {
        var arguments = new ArrayList<String>();
        if (name != null) {
            arguments.add("-H:Name@driver=" + name);
        } else if (given.stream().noneMatch(a -> a.startsWith("-H:Name=") || a.startsWith("-H:Name@"))) {
            if (defaultName == null) {
                throw new UsageError("please specify a class, a jar file or a module");
            }
            arguments.add("-H:Name@driver=" + defaultName);
        }
        if (mainModule != null) {
            var parts = mainModule.split("/", 2);
            arguments.add("-H:Module@driver=" + parts[0]);
            arguments.add("-H:Class@driver=" + (parts.length < 2 ? "" : parts[1]));
        } else if (mainClass != null) {
            arguments.add("-H:Class@driver=" + mainClass);
        }
        return arguments;
    }
}
