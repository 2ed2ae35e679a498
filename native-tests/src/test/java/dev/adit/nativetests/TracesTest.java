package dev.adit.nativetests;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.adit.testbed.Adit;
import dev.adit.testbed.Collector;
import dev.adit.testbed.Ports;
import dev.adit.testbed.Program;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces by a real collector, which `native-tests/testbed/collector/build now` makes. */
class TracesTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String SPAN = "00f067aa0ba902b7";
    private static final String MANIFESTS = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: shop}
            spec:
              rules:
                - host: localhost
                  http:
                    paths: [{path: /cart, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {ports: [{port: 80}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: web-1, labels: {kubernetes.io/service-name: web}}
            addressType: IPv4
            ports: [{port: %d}]
            endpoints: [{addresses: [127.0.0.1]}, {addresses: [127.0.0.9]}]
            """;

    private static final String GRPC_MANIFESTS = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: calls}
            spec: {defaultBackend: {service: {name: calls, port: {number: 80}}}}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: calls}
            spec: {ports: [{port: 80, appProtocol: kubernetes.io/h2c}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: calls-1, labels: {kubernetes.io/service-name: calls}}
            addressType: IPv4
            ports: [{port: %d}]
            endpoints: [{addresses: [127.0.0.1], targetRef: {kind: Pod, name: calls-0}}]
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: calls-2, labels: {kubernetes.io/service-name: calls}}
            addressType: IPv4
            ports: [{port: %d}]
            endpoints: [{addresses: [127.0.0.1], targetRef: {kind: Pod, name: calls-1}}]
            """;

    private static List<Collector.Span> of(Collector collector, String kind) throws Exception {
        return collector.spans().stream()
                .filter(span -> span.get("Kind").equals(kind))
                .toList();
    }

    @Test
    void a_real_collector_gets_the_spans_of_requests_and_of_their_attempts(@TempDir Path folder) throws Exception {
        var program = Collector.program();
        Assumptions.assumeTrue(
                program.isPresent(), "no collector is here: native-tests/testbed/collector/build now makes one");
        var origin = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        var told = Collections.synchronizedList(new ArrayList<String>());
        origin.createContext("/", exchange -> {
            told.add(exchange.getRequestHeaders().getFirst("traceparent"));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        origin.start();
        var manifests = Files.createDirectory(folder.resolve("manifests"));
        Files.writeString(
                manifests.resolve("in.yaml"),
                MANIFESTS.formatted(origin.getAddress().getPort()));
        try (var collector = Collector.start(program.get(), folder);
                var adit = Adit.serving(
                        manifests, "--trace-endpoint=" + collector.endpoint(), "--trace-sample=0", "--h2c");
                var client = HttpClient.newHttpClient()) {
            var uri = URI.create("http://localhost:" + adit.http() + "/cart/1?secret=1");
            for (var version : HttpClient.Version.values()) {
                for (var i = 0; i < 4; i++) { // so that the endpoint that is not there is asked, too
                    var request = HttpRequest.newBuilder(uri)
                            .version(version)
                            .header("traceparent", "00-" + TRACE + "-" + SPAN + "-01")
                            .build();
                    assertThat(client.send(request, BodyHandlers.discarding()).statusCode())
                            .isEqualTo(200);
                }
            }
            given().get(uri).then().statusCode(200); // which nobody samples
            await().until(() -> of(collector, "Server").size() == 8);
            var servers = of(collector, "Server");
            assertThat(servers).allSatisfy(span -> {
                assertThat(span.get("Trace ID")).isEqualTo(TRACE);
                assertThat(span.get("Parent ID")).isEqualTo(SPAN);
                assertThat(span.get("Name")).isEqualTo("GET /cart");
                assertThat(span.get("http.response.status_code")).isEqualTo("200");
                assertThat(span.get("k8s.ingress.name")).isEqualTo("shop");
                assertThat(span.get("url.path")).isEqualTo("/cart/1");
            });
            var attempts = of(collector, "Client");
            assertThat(attempts)
                    .hasSizeGreaterThan(8)
                    .allSatisfy(span -> assertThat(servers.stream().map(server -> server.get("ID")))
                            .contains(span.get("Parent ID")))
                    .anySatisfy(span -> {
                        assertThat(span.get("server.address")).isEqualTo("127.0.0.9");
                        assertThat(span.get("Status code")).isEqualTo("Error");
                    });
            var answered = attempts.stream()
                    .filter(span -> span.get("server.address").equals("127.0.0.1"))
                    .map(span -> "00-" + TRACE + "-" + span.get("ID") + "-01")
                    .toList();
            assertThat(told.subList(0, 8)).containsExactlyInAnyOrderElementsOf(answered);
            assertThat(told.get(8)).isNull();
        } finally {
            origin.stop(0);
        }
    }

    @Test
    void calls_of_grpc_have_their_spans_also_those_that_went_to_another_pod_in_the_end(@TempDir Path folder)
            throws Exception {
        var program = Collector.program();
        Assumptions.assumeTrue(
                program.isPresent(), "no collector is here: native-tests/testbed/collector/build now makes one");
        var client = Program.grpc("client");
        var port = Ports.free();
        var server = new ProcessBuilder(Program.grpc("server").toString(), "-port=" + port).start();
        var manifests = Files.createDirectory(folder.resolve("manifests"));
        Files.writeString(manifests.resolve("in.yaml"), GRPC_MANIFESTS.formatted(port, Ports.free()));
        try (var collector = Collector.start(program.get(), folder);
                var adit = Adit.serving(
                        manifests, "--trace-endpoint=" + collector.endpoint(), "--trace-sample=1", "--h2c")) {
            assertThat(Program.awaitListening(server, new InetSocketAddress("127.0.0.1", port)))
                    .isTrue();
            // Until the pod that is not there has been asked, too: each event loop begins with one of the two by
            // chance.
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                var ended = Program.run(List.of(
                        client.toString(),
                        "-server_host=127.0.0.1",
                        "-server_port=" + adit.http(),
                        "-test_case=empty_unary"));
                assertThat(ended.exitCode()).as(ended.output()).isZero();
                for (var span : of(collector, "Server")) {
                    if (attempts(collector, span).size() > 1) {
                        return true;
                    }
                }
                return false;
            });
            var servers = of(collector, "Server");
            assertThat(servers).allSatisfy(span -> {
                assertThat(span.get("Parent ID")).isEmpty();
                assertThat(span.get("Name")).isEqualTo("POST /");
                assertThat(span.get("url.path")).isEqualTo("/grpc.testing.TestService/EmptyCall");
                assertThat(span.get("network.protocol.version")).isEqualTo("2");
                assertThat(attempts(collector, span)).isNotEmpty().last().satisfies(attempt -> {
                    assertThat(attempt.get("k8s.pod.name")).isEqualTo("calls-0");
                    assertThat(attempt.get("http.response.status_code")).isEqualTo("200");
                });
            });
            assertThat(servers)
                    .anySatisfy(span -> assertThat(attempts(collector, span))
                            .hasSize(2)
                            .first()
                            .satisfies(attempt -> {
                                assertThat(attempt.get("k8s.pod.name")).isEqualTo("calls-1");
                                assertThat(attempt.get("Status code")).isEqualTo("Error");
                            }));
        } finally {
            server.destroy();
        }
    }

    /** Those of one request, in their order. */
    private static List<Collector.Span> attempts(Collector collector, Collector.Span server) throws Exception {
        return of(collector, "Client").stream()
                .filter(span -> span.get("Trace ID").equals(server.get("Trace ID")))
                .filter(span -> span.get("Parent ID").equals(server.get("ID")))
                .sorted(Comparator.comparing(span -> span.get("http.request.resend_count")))
                .toList();
    }
}
