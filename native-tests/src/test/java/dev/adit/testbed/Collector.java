package dev.adit.testbed;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A real OpenTelemetry collector, which writes down every span that it gets. */
public final class Collector implements AutoCloseable {
    private static final Path BUILD = Adit.ROOT.resolve("native-tests/testbed/collector/build");
    private static final Pattern FIELD =
            Pattern.compile("(?m)^ +(Trace ID|Parent ID|ID|Name|Kind|Status code) +: ?(.*)$");
    private static final Pattern ATTRIBUTE = Pattern.compile("(?m)^ +-> ([a-z0-9._]+): [A-Za-z]+\\((.*)\\)$");

    private final Process process;
    private final Path log;
    private final int port;

    /** A span by the names of the collector's text, and its attributes by their own. */
    public record Span(Map<String, String> fields) {
        public String get(String name) {
            return fields.getOrDefault(name, "");
        }
    }

    private Collector(Process process, Path log, int port) {
        this.process = process;
        this.log = log;
        this.port = port;
    }

    /** Where it is; empty where it has not been built. */
    public static Optional<Path> program() throws IOException, InterruptedException {
        var found = new ProcessBuilder(BUILD.toString()).start();
        var path = new String(found.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        found.waitFor();
        return path.isEmpty() ? Optional.empty() : Optional.of(Path.of(path));
    }

    public static Collector start(Path program, Path folder) throws IOException {
        var port = Ports.free();
        var config = folder.resolve("collector.yaml");
        Files.writeString(config, """
                receivers: {otlp: {protocols: {http: {endpoint: "127.0.0.1:%d"}}}}
                exporters: {debug: {verbosity: detailed}}
                service:
                  telemetry: {metrics: {level: none}}
                  pipelines: {traces: {receivers: [otlp], exporters: [debug]}}
                """.formatted(port));
        var log = folder.resolve("collector.log");
        var process = new ProcessBuilder(program.toString(), "--config=file:" + config)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var started = new Collector(process, log, port);
        await().ignoreException(ConnectException.class).until(() -> {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            }
        });
        return started;
    }

    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    /** All that it has got so far. */
    public List<Span> spans() throws IOException {
        return List.of(Files.readString(log).split("(?m)^Span #[0-9]+$", -1)).stream()
                .skip(1)
                .map(Collector::span)
                .toList();
    }

    private static Span span(String text) {
        var fields = new HashMap<String, String>();
        FIELD.matcher(text)
                .results()
                .forEach(found ->
                        fields.putIfAbsent(found.group(1), found.group(2).strip()));
        ATTRIBUTE.matcher(text).results().forEach(found -> fields.putIfAbsent(found.group(1), found.group(2)));
        return new Span(fields);
    }

    @Override
    public void close() throws IOException {
        process.destroy();
    }
}
