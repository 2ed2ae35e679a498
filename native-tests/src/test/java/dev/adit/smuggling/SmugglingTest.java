package dev.adit.smuggling;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.smuggling.Clients.Reply;
import dev.adit.testbed.Adit;
import dev.adit.testbed.Certificates;
import dev.adit.testbed.TlsServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Nothing that a client sends makes Adit and an origin disagree about where a request ends. */
@Tag("either-build")
class SmugglingTest {
    private static final int PARALLEL = 16;

    @TempDir
    Path directory;

    /** All of a run. */
    private record Outcome(List<Reply> replies, List<Forwarded> forwarded) {
        /** The requests that an endpoint has answered, for each case. */
        Map<Integer, List<Forwarded>> answered() {
            return forwarded.stream()
                    .filter(request -> request.isAnswered() && request.ofCase() >= 0)
                    .collect(Collectors.groupingBy(Forwarded::ofCase));
        }
    }

    private interface Sender {
        Reply send(Clients clients, int number) throws Exception;
    }

    @Test
    void the_corpora_are_large_enough() {
        assertThat(Corpus.all()).hasSizeGreaterThan(600).doesNotHaveDuplicates();
        assertThat(Http2Corpus.all()).hasSizeGreaterThan(600).doesNotHaveDuplicates();
    }

    static Stream<Endpoint> endpoints() {
        return Endpoint.all().stream();
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void every_case_of_http_1_is_refused_or_arrives_in_one_form_that_the_origin_reads_as_adit_does(Endpoint endpoint)
            throws Exception {
        var corpus = Corpus.all();
        var outcome = run(endpoint, corpus.size(), (clients, i) -> clients.send(corpus.get(i), i));
        outcome.answered().forEach((number, requests) -> {
            // The client has broken off where all was silent: the answers to the case and the probe may be late.
            var reply = outcome.replies().get(number);
            assertThat((long) requests.size())
                    .as("%s: %s, of which the client saw %s", corpus.get(number), requests, reply)
                    .isLessThanOrEqualTo(reply.responses() + (reply.isWhole() ? 0 : 2));
        });
    }

    @ParameterizedTest
    @MethodSource("endpoints")
    void no_request_of_http_2_becomes_two(Endpoint endpoint) throws Exception {
        var corpus = Http2Corpus.all();
        var outcome = run(endpoint, corpus.size(), (clients, i) -> clients.send(corpus.get(i), i));
        assertThat(outcome.forwarded()).noneMatch(Forwarded::isSmuggled);
        var probes = 0;
        for (var entry : outcome.answered().entrySet()) {
            var requests = entry.getValue();
            var probesOfCase = requests.stream().filter(Forwarded::isProbe).count();
            probes += (int) probesOfCase;
            assertThat(probesOfCase).isLessThanOrEqualTo(1);
            assertThat(requests.size() - probesOfCase)
                    .as("%s: %s", corpus.get(entry.getKey()), requests)
                    .isLessThanOrEqualTo(1);
        }
        // Else nothing has been tried: a malformed request ends its stream, and not the connection.
        assertThat(probes).isGreaterThan(corpus.size() / 2);
    }

    private Outcome run(Endpoint endpoint, int cases, Sender sender) throws Exception {
        var obstacle = endpoint.origin().obstacle();
        if (!obstacle.isEmpty()) {
            System.err.println("SKIPPED " + endpoint + ": " + obstacle);
        }
        Assumptions.assumeTrue(obstacle.isEmpty(), obstacle);
        var transport = endpoint.transport();
        var tls = transport.isSecure()
                ? Optional.of(new TlsServer(
                        Certificates.make(directory, "origin", "origin.test"), transport.isHttp2() ? "h2" : "http/1.1"))
                : Optional.<TlsServer>empty();
        var manifests = Files.createDirectories(directory.resolve("manifests"));
        try (var running = endpoint.origin().start(directory, transport.isHttp2());
                var recorder = new Recorder(running.port(), tls)) {
            Files.writeString(manifests.resolve("web.yaml"), endpoint.manifests(recorder.port()));
            List<Reply> replies;
            try (var adit = Adit.serving(manifests, "--h2c")) {
                var clients = new Clients(transport, transport.port(adit));
                assertThat(clients.isServed()).isTrue();
                replies = all(clients, cases, sender);
                assertThat(clients.isServed()).isTrue();
            }
            var forwarded = recorder.recordings().stream()
                    .flatMap(recording -> endpoint.forwarded(recording).stream())
                    .toList();
            return new Outcome(replies, forwarded);
        }
    }

    private static List<Reply> all(Clients clients, int cases, Sender sender) throws Exception {
        var tasks = IntStream.range(0, cases)
                .mapToObj(i -> (Callable<Reply>) () -> sender.send(clients, i))
                .toList();
        var replies = new ArrayList<Reply>();
        try (var executor = Executors.newFixedThreadPool(PARALLEL)) {
            for (var reply : executor.invokeAll(tasks)) {
                replies.add(reply.get());
            }
        }
        return replies;
    }
}
