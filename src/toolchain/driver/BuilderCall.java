import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The call of the image builder, in a virtual machine of its own. */
final class BuilderCall {
    private final Path home;
    private final CommandLine line;
    private final BuilderArguments found;

    BuilderCall(Path home, CommandLine line, BuilderArguments found) {
        this.home = home;
        this.line = line;
        this.found = found;
    }

    int run() throws IOException, InterruptedException {
        var arguments = builderArguments();
        var file = Files.createTempFile("native-image-", ".args");
        try {
            Files.writeString(file, String.join("\0", arguments));
            var command = command();
            command.add("--image-args-file=" + file);
            if (line.showsCall()) {
                System.out.println("Executing [\n" + String.join(" \\\n", command) + "\n]\nBuilder arguments [\n"
                        + String.join(" \\\n", arguments) + "\n]");
            }
            return line.dryRun() ? 0 : execute(command);
        } finally {
            Files.deleteIfExists(file);
        }
    }

    private static int execute(List<String> command) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).inheritIO();
        // The builder asks for a JVMCI of GraalVM's own JDK; that of an OpenJDK 25 serves it as well.
        builder.environment().put("JVMCI_VERSION_CHECK", "ignore");
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        var process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        return process.waitFor();
    }

    private List<String> command() throws IOException {
        var vmArguments = Stream.concat(line.arguments().vm().stream(), found.vm().stream())
                .toList();
        var command = new ArrayList<String>();
        command.add(home.resolve("bin/java").toString());
        command.addAll(List.of("-XX:+UnlockExperimentalVMOptions", "-XX:+EnableJVMCI"));
        command.addAll(List.of("-XX:+UseParallelGC", "-Xss10m", "-Xms1g"));
        if (vmArguments.stream().noneMatch(BuilderCall::limitsHeap)) {
            command.add("-Xmx" + heapMegabytes() + "m");
        }
        command.addAll(modules());
        command.addAll(properties());
        command.addAll(vmArguments);
        command.add("--module");
        command.add("org.graalvm.nativeimage.builder/com.oracle.svm.hosted.NativeImageGeneratorRunner");
        return command;
    }

    private List<String> modules() {
        var builder = home.resolve("lib/svm/builder");
        return List.of(
                "--upgrade-module-path",
                home.resolve("lib/graalvm").toString(),
                "--module-path",
                builder.toString(),
                "--add-modules",
                "ALL-DEFAULT,jdk.graal.compiler,org.graalvm.nativeimage.builder",
                "@" + builder.resolve("exports.args"),
                "--enable-native-access=org.graalvm.nativeimage.builder",
                "--sun-misc-unsafe-memory-access=allow");
    }

    private static List<String> properties() {
        return List.of(
                "-Djava.system.class.loader=com.oracle.svm.hosted.NativeImageSystemClassLoader",
                "-Dorg.graalvm.nativeimage.imagecode=buildtime",
                "-Dorg.graalvm.version=" + GraalVersion.NUMBER,
                "-Dorg.graalvm.vendorversion=" + GraalVersion.VENDOR,
                "-Dorg.graalvm.vendor=GraalVM Community",
                "-Dorg.graalvm.config=CE",
                "-Dcom.oracle.graalvm.isaot=true",
                "-Dgraalvm.ForcePolyglotInvalid=true",
                "-Dgraalvm.locatorDisabled=true",
                "-Dtruffle.TrustAllTruffleRuntimeProviders=true",
                "-Dtruffle.TruffleRuntime=com.oracle.truffle.api.impl.DefaultTruffleRuntime",
                "-Djdk.internal.lambda.disableEagerInitialization=true");
    }

    private List<String> builderArguments() {
        var arguments = new ArrayList<String>();
        arguments.add("-imagecp");
        arguments.add(String.join(":", line.classPath().entries()));
        if (!line.modulePath().isEmpty()) {
            arguments.add("-imagemp");
            arguments.add(String.join(":", line.modulePath()));
        }
        arguments.add(line.target().folderArgument());
        var libraries = home.resolve("lib/svm/clibraries/linux-amd64");
        arguments.add("-H:CLibraryPath@driver=" + libraries);
        arguments.add("-H:CLibraryPath@driver=" + libraries.resolve(forMusl() ? "musl" : "glibc"));
        arguments.add("-H:ImageBuildID@driver=" + UUID.randomUUID());
        arguments.add("-H:FallbackThreshold@driver=0");
        arguments.addAll(found.builder());
        arguments.addAll(line.arguments().builder());
        arguments.addAll(line.target().arguments(arguments));
        return arguments;
    }

    private boolean forMusl() {
        return line.arguments().builder().stream().anyMatch(a -> a.startsWith("-H:UseLibC") && a.endsWith("=musl"));
    }

    private static boolean limitsHeap(String vmArgument) {
        return vmArgument.startsWith("-Xmx")
                || vmArgument.contains("MaxRAMPercentage")
                || vmArgument.contains("MaxHeapSize");
    }

    /** 60 % of what is free, 512 MiB at least and 14 GiB at most. */
    private static long heapMegabytes() throws IOException {
        var available = 0L;
        for (var memory : Files.readAllLines(Path.of("/proc/meminfo"))) {
            if (memory.startsWith("MemAvailable:")) {
                available = Long.parseLong(memory.replaceAll("[^0-9]", "")) / 1024;
            }
        }
        return Math.clamp(available * 6 / 10, 512, 14 * 1024);
    }
}
