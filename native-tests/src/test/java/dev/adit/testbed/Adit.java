package dev.adit.testbed;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The built artefact as a process: {@code -Dsubject=jvm} or {@code native}. */
public final class Adit implements AutoCloseable {
    public static final Path ROOT = root();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path log;
    private final int http;
    private final int https;
    private final int management;

    private Adit(Process process, Path log, int http, int https, int management) {
        this.process = process;
        this.log = log;
        this.http = http;
        this.https = https;
        this.management = management;
    }

    /** Maven starts in the module, or above it. */
    private static Path root() {
        var here = Path.of("").toAbsolutePath();
        return Files.isDirectory(here.resolve("native-tests")) ? here : here.getParent();
    }

    /** The command line that runs the subject. */
    public static List<String> command() {
        var subject = System.getProperty("subject", "jvm");
        return switch (subject) {
            case "jvm" -> shortLived(jvmCommand());
            case "native" -> List.of(ROOT.resolve("target/adit").toString());
            default -> throw new IllegalArgumentException("-Dsubject=" + subject + ": use jvm or native");
        };
    }

    /** Hundreds of processes are started that live for seconds: what the second compiler does comes too late for them. */
    private static List<String> shortLived(List<String> command) {
        var words = new ArrayList<>(command);
        words.add(1, "-XX:TieredStopAtLevel=1");
        return words;
    }

    /** As people start it. */
    public static List<String> jvmCommand() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-jar",
                ROOT.resolve("target/quarkus-app/quarkus-run.jar").toString());
    }

    /** Starts with free ports, without waiting. */
    public static Adit start(String... arguments) throws IOException {
        return start(command(), arguments);
    }

    /** The same for a command line that runs the subject in another way. */
    public static Adit start(List<String> subject, String... arguments) throws IOException {
        return start(ROOT, subject, arguments);
    }

    /** The same in a folder that is not the project's. */
    public static Adit startIn(Path folder, String... arguments) throws IOException {
        return start(folder, command(), arguments);
    }

    /** The same for a cluster, as whoever the kubeconfig says. */
    public static Adit startWith(Path kubeconfig, String... arguments) throws IOException {
        return start(ROOT, command(), Map.of("KUBECONFIG", kubeconfig.toString()), arguments);
    }

    /** The same, started by another program, whose last arguments are the subject's command line. */
    public static Adit startWith(List<String> starter, Path kubeconfig, String... arguments) throws IOException {
        var subject = new ArrayList<>(starter);
        subject.addAll(command());
        return start(ROOT, subject, Map.of("KUBECONFIG", kubeconfig.toString()), arguments);
    }

    /** The same with a heap of so many megabytes. */
    public static Adit startWith(int heapMegabytes, Path kubeconfig, String... arguments) throws IOException {
        return start(ROOT, command(heapMegabytes), Map.of("KUBECONFIG", kubeconfig.toString()), arguments);
    }

    /** The same with other things in its environment. */
    public static Adit startWith(Path kubeconfig, Map<String, String> environment, String... arguments)
            throws IOException {
        var all = new HashMap<>(environment);
        all.put("KUBECONFIG", kubeconfig.toString());
        return start(ROOT, command(), all, arguments);
    }

    private static Adit start(Path folder, List<String> subject, String... arguments) throws IOException {
        return start(folder, subject, Map.of(), arguments);
    }

    private static Adit start(Path folder, List<String> subject, Map<String, String> environment, String... arguments)
            throws IOException {
        var command = new ArrayList<>(subject);
        command.addAll(List.of(arguments));
        var http = Ports.free();
        var https = Ports.free();
        var management = Ports.free();
        command.add("--http-port=" + http);
        command.add("--https-port=" + https);
        command.add("--management-port=" + management);
        var log = Files.createTempFile("adit-", ".log");
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().remove("KUBECONFIG");
        builder.environment().putAll(environment);
        var process = builder.redirectOutput(log.toFile()).start();
        return new Adit(process, log, http, https, management);
    }

    /** How the subject ended by itself, with all that it said. */
    public record Ended(int exitCode, String output) {}

    /** Runs to the end with these arguments alone; the environment is added to that of the tests. */
    public static Ended run(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(command());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    /** The command line that runs the subject with a heap of so many megabytes, as in a small pod. */
    public static List<String> command(int heapMegabytes) {
        var command = new ArrayList<>(command());
        command.add(1, "-Xmx" + heapMegabytes + "m");
        return command;
    }

    /** Starts with the manifests of a directory and waits until it is ready. */
    public static Adit serving(Path manifests, String... options) throws IOException {
        return serving(command(), manifests, options);
    }

    /** The same for a command line that runs the subject in another way. */
    public static Adit serving(List<String> subject, Path manifests, String... options) throws IOException {
        var arguments = new ArrayList<>(List.of("serve", "--manifests=" + manifests));
        arguments.addAll(List.of(options));
        return start(subject, arguments.toArray(String[]::new)).ready();
    }

    /** Once it serves; one that does not is ended. */
    public Adit ready() {
        try {
            awaitReady();
        } catch (RuntimeException | AssertionError e) {
            process.destroyForcibly();
            throw e;
        }
        return this;
    }

    private void awaitReady() {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("adit ended with " + process.exitValue() + ":\n" + output());
            }
            return status("/q/health/ready") == 200;
        });
    }

    /** Whether the probe of a kubelet would leave it alone. */
    public boolean isLive() {
        return status("/q/health/live") == 200;
    }

    public int http() {
        return http;
    }

    public int https() {
        return https;
    }

    public int management() {
        return management;
    }

    public String output() throws IOException {
        return Files.readString(log);
    }

    public long pid() {
        return process.pid();
    }

    /** Waits for the process to end by itself. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("adit still runs");
        }
        return process.exitValue();
    }

    /** SIGTERM. */
    public void terminate() {
        process.destroy();
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(log);
    }

    private int status(String path) {
        try {
            var url = URI.create("http://127.0.0.1:" + management + path).toURL();
            return ((HttpURLConnection) url.openConnection()).getResponseCode();
        } catch (IOException e) {
            return 0;
        }
    }
}
