import java.nio.file.Path;
import java.util.regex.Pattern;

/** Leaves out the files of a class path entry whose names match. */
record ConfigurationExclusion(Pattern entry, Pattern resource) {
    boolean matches(Path entry, String resource) {
        return this.entry.matcher(entry.toString()).find()
                && this.resource.matcher("/" + resource).find();
    }
}
