package dev.adit.bench.cost;

import dev.adit.bench.Figures;
import dev.adit.bench.KeyPairs;
import dev.adit.bench.Running;
import dev.adit.bench.Scale;
import dev.adit.bench.Setting;
import dev.adit.bench.Subject;
import dev.adit.bench.Subjects;
import dev.adit.testbed.Adit;
import dev.adit.testbed.Ports;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code make bench}: what a request costs in processor time, beside the peers that are here: the proxy on one processor,
 * origin and client on the other, rounds interleaved.
 */
public final class Bench {
    private static final Pattern DONE = Pattern.compile("requests: .* (\\d+) succeeded, (\\d+) failed, (\\d+) errored");
    private static final Pattern DATA = Pattern.compile("\\((\\d+)\\) data");
    private static final Pattern ECHOED = Pattern.compile("(\\d+) messages");
    private static final Pattern SHAKEN = Pattern.compile("(\\d+) connections in \\d+ real seconds");
    private static final int SECONDS = 4;

    private final Path work;
    private final Origins origins;
    private final KeyPairs pairs;
    private final Figures figures = new Figures();

    private Bench(Path work, Origins origins, KeyPairs pairs) {
        this.work = work;
        this.origins = origins;
        this.pairs = pairs;
    }

    private record Origins(FastOrigin http, FastOrigin grpc, FastOrigin webSocket) {
        InetSocketAddress of(Scenario scenario) {
            var origin = scenario.isOfGrpc() ? grpc : scenario.isOfWebSockets() ? webSocket : http;
            return origin.address();
        }
    }

    /** The arguments: rounds, and what the titles of the scenarios to run contain, if not all are to be run. */
    public static void main(String[] arguments) throws Exception {
        for (var tool : List.of("h2load", "taskset", "openssl", "nginx")) {
            if (Subjects.found(tool).isEmpty()) {
                System.err.println("SKIPPED: " + tool
                        + " is not here (apt-get install nghttp2-client util-linux openssl nginx-light)");
                return;
            }
        }
        var work = Files.createTempDirectory(Adit.ROOT.resolve("native-tests/target"), "bench-");
        // A worker of nginx is nobody, and reads the passwords of users itself.
        Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
        var pairs = KeyPairs.make(work.resolve("pairs"), new Scale(1, 1));
        var subjects = BenchSubjects.present();
        var wanted = arguments.length > 1 ? arguments[1] : "";
        var scenarios = Scenario.ALL.stream()
                .filter(scenario -> scenario.title().contains(wanted))
                .toList();
        try (var http = FastOrigin.start(work);
                var grpc = FastOrigin.grpc(work);
                var webSocket = FastOrigin.webSocket(work)) {
            var bench = new Bench(work, new Origins(http, grpc, webSocket), pairs);
            var rounds = Integer.parseInt(arguments[0]);
            for (var round = 1; round <= rounds; round++) {
                var turn = round;
                for (var scenario : scenarios) {
                    for (var subject : subjects.stream()
                            .filter(one -> scenario.isFor(one.name()))
                            .toList()) {
                        bench.attempt(subject, () -> bench.cost(subject, scenario, turn));
                    }
                }
                for (var subject : wanted.isEmpty() ? subjects : List.<Subject>of()) {
                    bench.attempt(subject, () -> bench.latency(subject, turn));
                }
            }
            BenchPage.write(subjects, scenarios, bench.figures, rounds);
        }
    }

    private interface Measurement {
        void take() throws Exception;
    }

    /** One that fails is missing from the table, and nothing else is. */
    private void attempt(Subject subject, Measurement measurement) throws Exception {
        try {
            measurement.take();
        } catch (IOException e) {
            System.err.println("SKIPPED " + subject.name() + ": " + e.getMessage());
        }
    }

    private void cost(Subject subject, Scenario scenario, int round) throws Exception {
        System.err.println("bench: round " + round + ", " + scenario.title() + ", " + subject.name());
        var setting = setting(subject, scenario, round);
        var isJvm = subject.name().contains("JVM");
        try (var running = Running.start(subject, setting)) {
            running.untilServed(setting.scale().lastHost());
            load(scenario, setting, isJvm ? 3 * SECONDS : 1); // warm
            var allocated = isJvm ? Allocations.bytes(running.pid()) : 0;
            var before = running.cpuSeconds();
            var done = load(scenario, setting, SECONDS);
            figures.add(subject.name(), scenario.title(), (running.cpuSeconds() - before) * 1e6 / done);
            if (isJvm) {
                var bytes = Allocations.bytes(running.pid()) - allocated;
                figures.add(subject.name(), "allocated " + scenario.title(), bytes / (double) done);
            }
            figures.add(subject.name(), "rate " + scenario.title(), done / (double) SECONDS);
            figures.add(subject.name(), "resident " + scenario.title(), running.residentMiB());
        }
    }

    private void latency(Subject subject, int round) throws Exception {
        var setting = setting(subject, Scenario.STEADY, round);
        var log = setting.directory().resolve("latencies");
        try (var running = Running.start(subject, setting)) {
            running.untilServed(setting.scale().lastHost());
            load(Scenario.STEADY, setting, 2);
            var words = new java.util.ArrayList<>(Scenario.STEADY.command(setting, SECONDS));
            words.add(words.size() - 1, "--log-file=" + log);
            run(words);
        }
        var micros = Files.readAllLines(log).stream()
                .mapToLong(line -> Long.parseLong(line.split("\t", -1)[2]))
                .sorted()
                .toArray();
        figures.add(subject.name(), "p50", micros[micros.length / 2] / 1000.0);
        figures.add(subject.name(), "p99", micros[(int) (micros.length * 0.99)] / 1000.0);
        figures.add(subject.name(), "p99.9", micros[(int) (micros.length * 0.999)] / 1000.0);
    }

    private Setting setting(Subject subject, Scenario scenario, int round) throws IOException {
        var name = (subject.name() + " " + scenario.title() + " " + round).replaceAll("[^A-Za-z0-9]+", "-");
        var directory = Files.createDirectories(work.resolve(name));
        // The last host is the one that is asked, and the one with the certificate.
        var scale = new Scale(scenario.routes(), scenario.routes() == 1 ? 1 : 0);
        return new Setting(
                directory,
                scale,
                pairs,
                origins.of(scenario),
                scenario.isOfGrpc(),
                scenario.isOfPolicies(),
                Ports.free(),
                Ports.free(),
                Ports.free(),
                directory,
                URI.create("http://127.0.0.1/"),
                directory,
                "");
    }

    private static long load(Scenario scenario, Setting setting, int seconds) throws IOException, InterruptedException {
        var output = run(scenario.command(setting, seconds));
        if (scenario.isOfHandshakes()) {
            var shaken = SHAKEN.matcher(output);
            if (!shaken.find() || shaken.group(1).equals("0")) {
                throw new IOException(scenario.title() + ": no handshake:\n" + output);
            }
            return Long.parseLong(shaken.group(1));
        }
        if (scenario.isOfWebSockets()) {
            var echoed = ECHOED.matcher(output);
            if (!echoed.find() || echoed.group(1).equals("0")) {
                throw new IOException(scenario.title() + ": no message came back:\n" + output);
            }
            return Long.parseLong(echoed.group(1));
        }
        if (scenario.isOfHttp2() && !output.contains("Application protocol: h2\n")) {
            throw new IOException(scenario.title() + ": that was not HTTP/2:\n" + output);
        }
        var done = DONE.matcher(output);
        if (!done.find() || Long.parseLong(done.group(1)) == 0 || !done.group(2).equals("0")) {
            throw new IOException(scenario.title() + ": not every request was answered:\n" + output);
        }
        var data = DATA.matcher(output);
        if (!data.find() || Long.parseLong(data.group(1)) < 100 * Long.parseLong(done.group(1))) {
            throw new IOException(scenario.title() + ": not every response had its body:\n" + output);
        }
        return Long.parseLong(done.group(1));
    }

    private static String run(List<String> words) throws IOException, InterruptedException {
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + ":\n" + output);
        }
        return output;
    }
}
