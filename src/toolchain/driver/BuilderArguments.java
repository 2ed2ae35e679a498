import java.util.ArrayList;
import java.util.List;

/** What options turn into: arguments of the virtual machine that the builder runs in, and of the builder itself. */
record BuilderArguments(List<String> vm, List<String> builder) {
    BuilderArguments() {
        this(new ArrayList<>(), new ArrayList<>());
    }
}
