import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command {@code native-image}: turns its documented options into a call of the image builder. */
public final class NativeImage {
    private static final int USAGE_ERROR = 20;

    private NativeImage() {}

    public static void main(String... args) throws IOException, InterruptedException {
        try {
            System.exit(run(List.of(args)));
        } catch (UsageError e) {
            System.err.println("Error: " + e.getMessage());
            System.exit(USAGE_ERROR);
        }
    }

    private static int run(List<String> args) throws IOException, InterruptedException {
        if (args.isEmpty() || args.contains("--help") || args.contains("-h")) {
            System.out.println(
                    "Usage: native-image [options] class | -jar jarfile | -m <module>[/<class>] [imagename]");
            return args.isEmpty() ? 1 : 0;
        }
        if (args.contains("--version")) {
            GraalVersion.print();
            return 0;
        }
        var words = new ArrayList<>(Words.split(System.getenv().getOrDefault("NATIVE_IMAGE_OPTIONS", "")));
        words.addAll(args);
        var line = CommandLine.parse(words);
        // Only now, as what to leave out may come last on the command line.
        var found = ConfigurationSearch.search(line);
        return new BuilderCall(Path.of(System.getProperty("java.home")), line, found).run();
    }
}
