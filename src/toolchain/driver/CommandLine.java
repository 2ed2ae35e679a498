import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** What the command line asks for. */
final class CommandLine {
    private final ClassPath classPath = new ClassPath();
    private final List<String> modulePath = new ArrayList<>();
    private final List<ConfigurationExclusion> exclusions = new ArrayList<>();
    private final BuilderArguments arguments = new BuilderArguments();
    private final BuilderOptions options = new BuilderOptions("user", arguments);
    private final ImageTarget target = new ImageTarget();
    private final List<String> operands = new ArrayList<>();
    private boolean verbose;
    private boolean dryRun;

    private CommandLine() {}

    static CommandLine parse(List<String> args) throws IOException {
        var line = new CommandLine();
        var words = new Words(args);
        while (!words.isEmpty()) {
            line.read(words.next(), words);
        }
        line.readOperands();
        if (line.classPath.entries().isEmpty() && line.modulePath.isEmpty()) {
            line.classPath.addCurrentFolder();
        }
        return line;
    }

    ClassPath classPath() {
        return classPath;
    }

    List<String> modulePath() {
        return modulePath;
    }

    List<ConfigurationExclusion> exclusions() {
        return exclusions;
    }

    BuilderArguments arguments() {
        return arguments;
    }

    ImageTarget target() {
        return target;
    }

    boolean showsCall() {
        return verbose || dryRun;
    }

    boolean dryRun() {
        return dryRun;
    }

    private void read(String word, Words following) throws IOException {
        switch (word) {
            case "-cp", "-classpath", "--class-path" -> classPath.add(following.valueOf(word));
            case "-p", "--module-path" -> addModulePath(following.valueOf(word));
            case "-jar" -> readJar(Path.of(following.valueOf(word)));
            case "-m", "--module" -> target.mainModule(following.valueOf(word));
            case "-o" -> target.output(following.valueOf(word));
            case "--verbose" -> verbose = true;
            case "--dry-run" -> dryRun = true;
            case "--exclude-config" ->
                exclusions.add(new ConfigurationExclusion(
                        Pattern.compile(following.valueOf(word)), Pattern.compile(following.valueOf(word))));
            default -> readOther(word, following);
        }
    }

    private void readOther(String word, Words following) throws IOException {
        if (word.startsWith("@") && word.length() > 1) {
            following.insert(Words.split(Files.readString(Path.of(word.substring(1)))));
        } else if (word.startsWith("--class-path=")) {
            classPath.add(word.substring("--class-path=".length()));
        } else if (word.startsWith("--module-path=")) {
            addModulePath(word.substring("--module-path=".length()));
        } else if (!options.accept(word, following)) {
            if (word.startsWith("-")) {
                throw new UsageError("unrecognized option: " + word);
            }
            operands.add(word);
        }
    }

    private void addModulePath(String path) {
        modulePath.addAll(List.of(path.split(":")));
    }

    private void readJar(Path path) throws IOException {
        var jar = ExecutableJar.read(path);
        jar.addOptions(options);
        target.mainClass(jar.mainClass(), jar.name());
        classPath.addJar(path);
    }

    private void readOperands() {
        var rest = new ArrayList<>(operands);
        if (!target.hasProgram() && !rest.isEmpty()) {
            var mainClass = rest.removeFirst();
            target.mainClass(mainClass, mainClass.toLowerCase(Locale.ROOT));
        }
        if (!rest.isEmpty()) {
            target.output(rest.removeFirst());
        }
        if (!rest.isEmpty()) {
            throw new UsageError("unrecognized arguments: " + rest);
        }
    }
}
