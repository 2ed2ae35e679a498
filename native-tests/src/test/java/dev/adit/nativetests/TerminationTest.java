package dev.adit.nativetests;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.adit.testbed.Adit;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM, as a rollout sends it. */
class TerminationTest {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answer = new CountDownLatch(1);

    @Test
    void a_request_that_has_begun_gets_its_response_and_one_that_comes_late_too(@TempDir Path manifests)
            throws Exception {
        var origin = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        origin.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        origin.createContext("/slow", exchange -> {
            asked.countDown();
            await(answer);
            exchange.sendResponseHeaders(200, 4);
            exchange.getResponseBody().write("slow".getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        origin.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        origin.start();
        Files.writeString(
                manifests.resolve("web.yaml"), manifest(origin.getAddress().getPort()));
        try (var adit = Adit.serving(manifests, "--drain-delay=1", "--drain-timeout=30");
                var begun = connect(adit)) {
            send(begun, "GET /slow HTTP/1.1\r\nHost: a.test\r\n\r\n");
            assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();
            adit.terminate();
            try (var late = connect(adit)) {
                send(late, "GET /late HTTP/1.1\r\nHost: a.test\r\n\r\n");
                assertThat(read(late)).startsWith("HTTP/1.1 204 ");
            }
            answer.countDown();
            assertThat(read(begun)).startsWith("HTTP/1.1 200 ").endsWith("slow");
            assertThat(adit.exitCode()).isZero();
            assertThat(adit.output()).doesNotContain("Exception", "WARN");
        } finally {
            origin.stop(0);
        }
    }

    private static String manifest(int port) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {ports: [{port: 80}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: web, labels: {kubernetes.io/service-name: web}}
                addressType: IPv4
                ports: [{port: %d}]
                endpoints: [{addresses: [127.0.0.1]}]
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: web}
                spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
                """.formatted(port);
    }

    private static Socket connect(Adit adit) throws Exception {
        return new Socket(InetAddress.getLoopbackAddress(), adit.http());
    }

    private static void send(Socket socket, String text) throws Exception {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** To the end of the connection, which has to come by itself. */
    private static String read(Socket socket) throws Exception {
        socket.setSoTimeout(20_000);
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
