package dev.adit.smuggling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nothing that a client sends makes Adit and an origin disagree about where a request ends. */
class SmugglingTest {
    private static final int PARALLEL = 16;
    private static final int SILENCE_MILLIS = 250;
    private static final int PATIENCE_MILLIS = 10_000;
    private static final String PROBE = "GET /probe HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n";
    private static final Pattern RESPONSE = Pattern.compile("HTTP/1\\.[01] [2-5][0-9][0-9] ");

    @Test
    void the_corpus_is_large_enough() {
        assertThat(Corpus.all()).hasSizeGreaterThan(600).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @EnumSource
    void every_case_is_refused_or_arrives_in_one_form_that_the_origin_reads_as_adit_does(
            RealOrigin origin, @TempDir Path directory) throws Exception {
        var obstacle = origin.obstacle();
        if (!obstacle.isEmpty()) {
            System.err.println("SKIPPED " + origin + ": " + obstacle);
        }
        Assumptions.assumeTrue(obstacle.isEmpty(), obstacle);
        var manifests = Files.createDirectories(directory.resolve("manifests"));
        try (var running = origin.start(directory);
                var recorder = new Recorder(running.port())) {
            Files.writeString(manifests.resolve("web.yaml"), manifests(recorder.port()));
            try (var adit = Adit.serving(manifests)) {
                assertThat(send(adit.http(), PROBE, PATIENCE_MILLIS)).startsWith("HTTP/1.1 200 ");
                all(adit.http());
                assertThat(send(adit.http(), PROBE, PATIENCE_MILLIS)).startsWith("HTTP/1.1 200 ");
            }
            recorder.recordings().forEach(SmugglingTest::check);
        }
    }

    /** As many answers as requests, but for a last one that the client or the origin broke off. */
    private static void check(Recorder.Recording recording) {
        var requests = CanonicalRequests.parse(recording.requests());
        var responses = RESPONSE.matcher(recording.responses()).results().count();
        assertThat(responses)
                .as("answers to %s:%n%s%n---%n%s", requests, recording.requests(), recording.responses())
                .isBetween(Math.max(0L, requests.size() - 1L), (long) requests.size());
    }

    private static void all(int port) throws InterruptedException, ExecutionException {
        var tasks = new ArrayList<Callable<String>>();
        for (var one : Corpus.all()) {
            tasks.add(() -> send(port, one.bytes() + PROBE, SILENCE_MILLIS));
        }
        try (var executor = Executors.newFixedThreadPool(PARALLEL)) {
            for (Future<String> answer : executor.invokeAll(tasks)) {
                answer.get();
            }
        }
    }

    /** Whatever comes back until the server closes or has been silent for a while. */
    private static String send(int port, String text, int silenceMillis) throws IOException {
        var answer = new StringBuilder();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(silenceMillis);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            var buffer = new byte[4096];
            for (var count = socket.getInputStream().read(buffer);
                    count >= 0;
                    count = socket.getInputStream().read(buffer)) {
                answer.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketTimeoutException _) {
            // Waiting for the rest of a body, as it should.
        } catch (IOException e) {
            if (answer.isEmpty()) {
                return "closed: " + e.getMessage();
            }
        }
        return answer.toString();
    }

    private static String manifests(int port) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {ports: [{name: http, port: 80}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: web-1, labels: {kubernetes.io/service-name: web}}
                addressType: IPv4
                ports: [{name: http, port: %d}]
                endpoints: [{addresses: [127.0.0.1]}]
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: web}
                spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
                """.formatted(port);
    }
}
