import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The documented options, and what each of them means to the image builder. */
final class BuilderOptions {
    private static final Map<String, String> WITHOUT_VALUE = Map.ofEntries(
            Map.entry("--shared", "+SharedLibrary"),
            Map.entry("--static", "+StaticExecutable"),
            Map.entry("--static-nolibc", "+StaticExecutableWithDynamicLibC"),
            Map.entry("--no-fallback", "FallbackThreshold=0"),
            Map.entry("--enable-http", "EnableURLProtocols=http"),
            Map.entry("--enable-https", "EnableURLProtocols=https"),
            Map.entry("--enable-all-security-services", "+EnableAllSecurityServices"),
            Map.entry("--silent", "+BuildOutputSilent"),
            Map.entry("--native-image-info", "+DumpTargetInfo"),
            Map.entry("--list-modules", "+ListModules"),
            Map.entry("--list-cpu-features", "+ListCPUFeatures"),
            Map.entry("--install-exit-handlers", "+InstallExitHandlers"),
            Map.entry("--strict-image-heap", "+StrictImageHeap"),
            Map.entry("--report-unsupported-elements-at-runtime", "+ReportUnsupportedElementsAtRuntime"),
            Map.entry("--allow-incomplete-classpath", "+AllowIncompleteClasspath"),
            Map.entry("--enable-monitoring", "EnableMonitoringFeatures=<deprecated-default>"),
            Map.entry("--exact-reachability-metadata", "ThrowMissingRegistrationErrors="),
            Map.entry("--future-defaults", "FutureDefaults=<default-value>"),
            Map.entry("--link-at-build-time", "LinkAtBuildTime="),
            Map.entry("-esa", "+RuntimeSystemAssertions"),
            Map.entry("-dsa", "-RuntimeSystemAssertions"),
            Map.entry("-g", "GenerateDebugInfo=2"));

    private static final Map<String, String> WITH_VALUE = Map.ofEntries(
            Map.entry("--libc", "UseLibC"),
            Map.entry("--target", "TargetPlatform"),
            Map.entry("--color", "Color"),
            Map.entry("--parallelism", "NumberOfThreads"),
            Map.entry("--features", "Features"),
            Map.entry("--enable-url-protocols", "EnableURLProtocols"),
            Map.entry("--enable-monitoring", "EnableMonitoringFeatures"),
            Map.entry("--exact-reachability-metadata", "ThrowMissingRegistrationErrors"),
            Map.entry("--exact-reachability-metadata-path", "ThrowMissingRegistrationErrorsPaths"),
            Map.entry("--future-defaults", "FutureDefaults"),
            Map.entry("--link-at-build-time", "LinkAtBuildTime"),
            Map.entry("--link-at-build-time-paths", "LinkAtBuildTimePaths"),
            Map.entry("--trace-class-initialization", "TraceClassInitialization"),
            Map.entry("--trace-object-instantiation", "TraceObjectInstantiation"),
            Map.entry("--native-compiler-path", "CCompilerPath"),
            Map.entry("--native-compiler-options", "CCompilerOption"),
            Map.entry("--add-exports", "AddExports"),
            Map.entry("--add-opens", "AddOpens"),
            Map.entry("--add-reads", "AddReads"),
            Map.entry("--enable-native-access", "EnableNativeAccess"),
            Map.entry("-march", "MicroArchitecture"));

    /** As in the JDK's launcher, the value of these may also be the next word. */
    private static final Set<String> VALUE_MAY_FOLLOW =
            Set.of("--add-exports", "--add-opens", "--add-reads", "--enable-native-access");

    private final String origin;
    private final BuilderArguments out;

    /** The origin is what the builder names in its messages: "user" or the address of a file. */
    BuilderOptions(String origin, BuilderArguments out) {
        this.origin = origin;
        this.out = out;
    }

    /** False if there is no such option. */
    boolean accept(String text, Words following) {
        var option = Option.of(text);
        return plain(text) || withoutValue(text) || special(option, following) || withValue(option, following);
    }

    void add(String name, String value) {
        out.builder().add("-H:" + name + api() + "=" + value);
    }

    private boolean plain(String text) {
        if (text.startsWith("-H:") || text.startsWith("-R:")) {
            out.builder().add(withOrigin(text, "@" + origin));
        } else if (text.startsWith("-J")) {
            out.vm().add(text.substring(2));
        } else if (text.startsWith("-D")) {
            out.vm().add(text);
        } else if (text.matches("-O[0-3bs]")) {
            add("Optimize", text.substring(2));
        } else {
            return false;
        }
        return true;
    }

    private boolean withoutValue(String text) {
        var target = WITHOUT_VALUE.get(text);
        if (target != null) {
            out.builder().add(withOrigin("-H:" + target, api()));
        }
        return target != null;
    }

    private boolean special(Option option, Words following) {
        switch (option.name()) {
            case "--initialize-at-build-time" -> initialization(option, ":build_time");
            case "--initialize-at-run-time" -> initialization(option, ":run_time");
            case "--gc" -> collector(option.value());
            case "--enable-preview" -> out.vm().add(option.text());
            case "--add-modules" -> out.vm().addAll(List.of(option.name(), valueOf(option, following)));
            case "--auto-fallback", "--force-fallback" ->
                throw new UsageError("fallback images are not supported: " + option.text());
            case "--pgo", "--pgo-instrument", "--pgo-sampling", "--bundle-create", "--bundle-apply" ->
                throw new UsageError("not available in this edition: " + option.text());
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean withValue(Option option, Words following) {
        var target = WITH_VALUE.get(option.name());
        if (target == null) {
            return false;
        }
        if (option.value() == null && !VALUE_MAY_FOLLOW.contains(option.name())) {
            throw new UsageError("option needs a value: " + option.text());
        }
        add(target, valueOf(option, following));
        return true;
    }

    private void initialization(Option option, String when) {
        var classes = option.value() == null ? "" : option.value();
        add(
                "ClassInitialization",
                Arrays.stream(classes.split(",", -1)).map(name -> name + when).collect(Collectors.joining(",")));
    }

    private void collector(String name) {
        switch (name == null ? "" : name) {
            case "serial" -> out.builder().add("-H:+UseSerialGC" + api());
            case "epsilon" -> out.builder().add("-H:+UseEpsilonGC" + api());
            default -> throw new UsageError("unsupported garbage collector: " + name);
        }
    }

    private String api() {
        return "@" + origin + "+api";
    }

    private static String valueOf(Option option, Words following) {
        return option.value() != null ? option.value() : following.valueOf(option.text());
    }

    /** The builder wants -H:Name=value as -H:Name@origin=value, and -H:+Name as -H:+Name@origin. */
    private static String withOrigin(String text, String origin) {
        var option = Option.of(text);
        if (option.name().contains("@") || text.startsWith("-R:")) {
            return text;
        }
        return option.name() + origin + text.substring(option.name().length());
    }

    /** --name or --name=value; without a value, it is null. */
    private record Option(String text, String name, String value) {
        static Option of(String text) {
            var end = text.indexOf('=');
            return end < 0
                    ? new Option(text, text, null)
                    : new Option(text, text.substring(0, end), text.substring(end + 1));
        }
    }
}
