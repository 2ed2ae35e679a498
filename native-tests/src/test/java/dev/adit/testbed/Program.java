package dev.adit.testbed;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;

/** Programs of others that tests use as clients and servers; a test that cannot have one is skipped, and says so. */
public final class Program {
    private static final Path BIN = Adit.ROOT.resolve("native-tests/target/bin");

    private Program() {}

    /** The executable of a Go package, built once. */
    public static Path go(String name, String module) throws IOException, InterruptedException {
        var directory = BIN.resolve(name);
        // Behind the name there may be the major version of the module.
        var path = module.substring(0, module.indexOf('@')).replaceFirst("/v[0-9]+$", "");
        var binary = directory.resolve(path.substring(path.lastIndexOf('/') + 1));
        if (!Files.isExecutable(binary)) {
            Files.createDirectories(directory);
            once(name, "env", "GOBIN=" + directory, "CGO_ENABLED=0", "go", "install", module);
        }
        return binary;
    }

    /** The client of the interoperability suite of gRPC, or its {@code server}. */
    public static Path grpc(String side) throws IOException, InterruptedException {
        return go("grpc-" + side, "google.golang.org/grpc/interop/%s@v1.77.0".formatted(side));
    }

    /** A folder of Python packages for PYTHONPATH, fetched once. */
    public static Path python(String packages) throws IOException, InterruptedException {
        var directory = BIN.resolve(packages);
        if (!Files.isDirectory(directory)) {
            once(packages, "python3", "-m", "pip", "install", "-q", "--target", directory.toString(), packages);
        }
        return directory;
    }

    /**
     * One that has to be on the PATH.
     *
     * @param apart the package of Debian that brings it
     */
    public static String installed(String name, String apart) throws IOException, InterruptedException {
        var found = run(List.of("sh", "-c", "command -v " + name)).output().strip();
        if (found.isEmpty()) {
            System.err.println("SKIPPED, since there is no " + name + ": apt-get install " + apart);
        }
        Assumptions.assumeTrue(!found.isEmpty(), "there is no " + name);
        return found;
    }

    /** A script of the tests with those packages, as a process that goes on. */
    public static Process python(String packages, String script, String... arguments)
            throws IOException, InterruptedException {
        var origins = Adit.ROOT.resolve("native-tests/origins");
        var command = new ArrayList<>(List.of("python3", origins.resolve(script).toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("PYTHONPATH", python(packages).toString());
        return builder.start();
    }

    /**
     * A process goes before all that are not so preferred, at once and not when the kernel looks next, which is some
     * milliseconds ({@code sched(7)}).
     *
     * @param priority among those that are
     */
    public static void prefer(long pid, int priority) throws IOException, InterruptedException {
        var changed =
                run(List.of("chrt", "--all-tasks", "--rr", "--pid", Integer.toString(priority), Long.toString(pid)));
        if (changed.exitCode() != 0) {
            System.err.println("Measured without priorities, which shows what the machine does, too: "
                    + changed.output().strip());
        }
    }

    /** A class of the tests with a main method, as a process that stands back for all others ({@code chrt}). */
    public static ProcessBuilder aside(Class<?> main, String... arguments) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var path = main.getProtectionDomain().getCodeSource().getLocation().getPath();
        var command = new ArrayList<>(List.of("chrt", "--idle", "0", java, "-cp", path, main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /** Waits until somebody listens at an address; false if the process that should ends before. */
    public static boolean awaitListening(Process process, InetSocketAddress address) {
        while (!accepts(address)) {
            if (!process.isAlive()) {
                return false;
            }
            LockSupport.parkNanos(1_000_000); // between two probes
        }
        return true;
    }

    private static boolean accepts(InetSocketAddress address) {
        try (var _ = new Socket(address.getAddress(), address.getPort())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    public static Adit.Ended run(List<String> command) throws IOException, InterruptedException {
        return run(new ProcessBuilder(command));
    }

    public static Adit.Ended run(ProcessBuilder builder) throws IOException, InterruptedException {
        var process = builder.redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Adit.Ended(process.waitFor(), output);
    }

    private static void once(String name, String... command) throws InterruptedException {
        var obstacle = "";
        try {
            var built = run(List.of(command));
            obstacle = built.exitCode() == 0 ? "" : built.output();
        } catch (IOException e) {
            obstacle = String.valueOf(e.getMessage());
        }
        if (!obstacle.isEmpty()) {
            System.err.println("SKIPPED, since there is no " + name + ": " + obstacle);
        }
        Assumptions.assumeTrue(obstacle.isEmpty(), "there is no " + name);
    }
}
