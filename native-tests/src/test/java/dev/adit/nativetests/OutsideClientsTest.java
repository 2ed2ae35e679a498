package dev.adit.nativetests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Certificates;
import dev.adit.testbed.Ports;
import dev.adit.testbed.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients and servers that people use, with Adit between them. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@Tag("either-build")
class OutsideClientsTest {
    private static final String HOST = "streams.example.com";
    private static final Path ORIGINS = Adit.ROOT.resolve("native-tests/origins");
    // Those of the official interoperability suite that need no cloud.
    private static final List<String> CALLS = List.of(
            "empty_unary",
            "large_unary",
            "client_streaming",
            "server_streaming",
            "ping_pong",
            "empty_stream",
            "timeout_on_sleeping_server",
            "cancel_after_begin",
            "cancel_after_first_response",
            "status_code_and_message",
            "special_status_message",
            "custom_metadata",
            "unimplemented_method",
            "unimplemented_service");

    @TempDir
    Path manifests;

    @TempDir
    Path keys;

    private Certificates pair;

    @BeforeEach
    void pair() throws Exception {
        pair = Certificates.make(keys, "streams", HOST);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void the_interoperability_suite_of_grpc_passes_through(boolean isClientSecure, boolean isEndpointSecure)
            throws Exception {
        var client = Program.grpc("client");
        var server = Program.grpc("server");
        var port = Ports.free();
        var command = new ArrayList<>(List.of(server.toString(), "-port=" + port));
        if (isEndpointSecure) {
            command.addAll(List.of("-use_tls", "-tls_cert_file=" + pair.certificate(), "-tls_key_file=" + pair.key()));
        }
        var origin = start(command);
        try {
            route(isEndpointSecure ? "https" : "kubernetes.io/h2c", port);
            try (var adit = Adit.serving(manifests, "--h2c")) {
                var failures = new TreeMap<String, String>();
                for (var call : CALLS) {
                    var ended = isClientSecure
                            ? grpc(
                                    client,
                                    adit.https(),
                                    call,
                                    "-use_tls",
                                    "-use_test_ca",
                                    "-ca_file=" + pair.certificate())
                            : grpc(client, adit.http(), call);
                    if (ended.exitCode() != 0) {
                        failures.put(call, ended.output());
                    }
                }
                assertThat(failures).isEmpty();
            }
        } finally {
            origin.destroy();
        }
    }

    /** Every way to speak to Adit with every way in which it speaks to an endpoint: without TLS and with it. */
    static Stream<Arguments> pairs() {
        return Stream.of(
                Arguments.of(false, false),
                Arguments.of(true, false),
                Arguments.of(false, true),
                Arguments.of(true, true));
    }

    private static Adit.Ended grpc(Path client, int port, String call, String... more)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(
                "timeout",
                "20",
                client.toString(),
                "-server_host=127.0.0.1",
                "-server_host_override=" + HOST,
                "-server_port=" + port,
                "-test_case=" + call));
        command.addAll(List.of(more));
        return Program.run(command);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void a_websocket_carries_every_size_of_message_and_its_own_end(boolean isClientSecure, boolean isEndpointSecure)
            throws Exception {
        var packages = Program.python("websockets");
        var origin = streams(packages, isEndpointSecure);
        try (var output = origin.inputReader()) {
            route(isEndpointSecure ? "kubernetes.io/wss" : "kubernetes.io/ws", port(output.readLine(), 1));
            try (var adit = Adit.serving(manifests)) {
                var address = isClientSecure
                        ? List.of("wss", Integer.toString(adit.https()), HOST)
                        : List.of("ws", Integer.toString(adit.http()), HOST);
                var client = python(packages, "websocket_client.py", address);
                var said = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(said).isEqualTo("ok\n");
            }
        } finally {
            origin.destroy();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http, --http1.1, false",
        "http, --http2-prior-knowledge, false",
        "https, --http1.1, false",
        "https, --http2, false",
        "http, --http1.1, true",
        "http, --http2-prior-knowledge, true",
        "https, --http1.1, true",
        "https, --http2, true"
    })
    void an_event_reaches_its_reader_before_the_next_one_is_written(
            String scheme, String version, boolean isEndpointSecure) throws Exception {
        var packages = Program.python("websockets");
        var origin = streams(packages, isEndpointSecure);
        try (var output = origin.inputReader();
                var speaker = origin.outputWriter()) {
            route(isEndpointSecure ? "https" : "", port(output.readLine(), 2));
            try (var adit = Adit.serving(manifests, "--h2c")) {
                var address = HOST + ":" + (scheme.equals("https") ? adit.https() : adit.http());
                var curl = List.of("curl", "-sNk", "-m60", version, "--resolve", address + ":127.0.0.1");
                var command = new ArrayList<>(curl);
                command.add(scheme + "://" + address + "/events");
                var reader = start(command);
                try (var events = reader.inputReader()) {
                    for (var i = 0; i < 20; i++) {
                        speaker.write(i + "\n");
                        speaker.flush();
                        assertThat(events.readLine()).isEqualTo("data: " + i);
                        assertThat(events.readLine()).isEmpty();
                    }
                } finally {
                    reader.destroy();
                }
            }
        } finally {
            origin.destroy();
        }
    }

    private Process streams(Path packages, boolean isSecure) throws IOException {
        return python(
                packages,
                "streams.py",
                isSecure ? List.of(pair.certificate().toString(), pair.key().toString()) : List.of());
    }

    /** Of the line that the origin prints once it listens: ready, and its two ports. */
    private static int port(String line, int place) {
        var words = line.split(" ", -1);
        assertThat(words).as(line).hasSize(3).startsWith("ready");
        return Integer.parseInt(words[place]);
    }

    private void route(String protocol, int port) throws IOException {
        Files.writeString(
                manifests.resolve("streams.yaml"), pair.secret("streams") + """
                apiVersion: v1
                kind: Service
                metadata: {name: streams}
                spec: {ports: [{name: streams, port: 80, appProtocol: "%s"}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: streams, labels: {kubernetes.io/service-name: streams}}
                addressType: IPv4
                ports: [{name: streams, port: %d}]
                endpoints: [{addresses: [127.0.0.1]}]
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: streams}
                spec:
                  defaultBackend: {service: {name: streams, port: {name: streams}}}
                  tls: [{hosts: [%s], secretName: streams}]
                  rules: [{host: %s, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: streams, port: {name: streams}}}}]}}]
                """.formatted(protocol, port, HOST, HOST));
    }

    private static Process python(Path packages, String script, List<String> arguments) throws IOException {
        var command = new ArrayList<>(List.of("python3", ORIGINS.resolve(script).toString()));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("PYTHONPATH", packages.toString());
        return builder.start();
    }

    private static Process start(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
