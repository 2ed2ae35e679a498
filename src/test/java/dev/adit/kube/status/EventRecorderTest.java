package dev.adit.kube.status;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.adit.kube.Ingress;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventRecorderTest {
    private static final ObjectKey SHOP = new ObjectKey("ns", "shop");
    private static final Ingress INGRESS = new Ingress(
            SHOP,
            "uid-1",
            Instant.EPOCH,
            Optional.of("adit"),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            false,
            Map.of(),
            List.of());
    private static final Problem DANGLING = problem(Problem.Reason.SERVICE_NOT_FOUND, "Service ns/web does not exist");
    private static final Problem WRONG = problem(Problem.Reason.PATH_INVALID, "'//' is no path");

    private final ObjectMapper mapper = new ObjectMapper();
    private final List<String> said = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private HttpServer api;
    private KubernetesClient client;
    private EventRecorder events;

    @BeforeEach
    void begin() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", this::create);
        api.start();
        var master = "http://127.0.0.1:" + api.getAddress().getPort();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder().withMasterUrl(master).build())
                .build();
        InstantSource source = () -> now;
        events = new EventRecorder(client, source.withZone(ZoneOffset.UTC));
    }

    @AfterEach
    void end() {
        client.close();
        api.stop(0);
    }

    @Test
    void a_fault_is_told_of_at_once_and_only_once() {
        assertThat(record(INGRESS, WRONG)).isEmpty();
        assertThat(record(INGRESS, WRONG)).isEmpty();
        assertThat(said).containsExactly("Warning PathInvalid: spec: '//' is no path");
    }

    @Test
    void a_reference_that_appears_within_two_seconds_never_was_one() {
        assertThat(record(INGRESS, DANGLING)).contains(Duration.ofSeconds(2));
        after(Duration.ofMillis(1500));
        assertThat(record(INGRESS, DANGLING)).contains(Duration.ofMillis(500));
        assertThat(record(INGRESS)).isEmpty();
        after(Duration.ofSeconds(10));
        assertThat(record(INGRESS, DANGLING)).contains(Duration.ofSeconds(2));
        assertThat(said).isEmpty();
        after(Duration.ofSeconds(2));
        assertThat(record(INGRESS, DANGLING)).isEmpty();
        assertThat(said).containsExactly("Warning ServiceNotFound: spec: Service ns/web does not exist");
    }

    @Test
    void what_was_told_of_is_told_to_be_over_and_told_of_again_when_it_comes_back() {
        var _ = record(INGRESS, WRONG);
        var _ = record(INGRESS);
        var _ = record(INGRESS);
        after(Duration.ofMinutes(1));
        var _ = record(INGRESS, WRONG);
        assertThat(said)
                .containsExactly(
                        "Warning PathInvalid: spec: '//' is no path",
                        "Normal Resolved: No longer so: spec: '//' is no path",
                        "Warning PathInvalid: spec: '//' is no path");
    }

    @Test
    void what_comes_and_goes_all_the_time_is_not_told_of_each_time() {
        for (var i = 0; i < 20; i++) {
            after(Duration.ofSeconds(5));
            var _ = record(INGRESS, WRONG);
            var _ = record(INGRESS);
        }
        assertThat(said).hasSize(7);
    }

    /** So that neither a restart nor another replica says it again. */
    @Test
    void the_same_event_has_the_same_name_in_every_process() {
        var _ = record(INGRESS, WRONG);
        assertThat(names).containsExactly("shop.94401384000efb20");
    }

    @Test
    void an_ingress_that_is_gone_or_made_anew_is_not_told_that_anything_is_over() {
        var _ = record(INGRESS, WRONG);
        var _ = record(null);
        assertThat(said).hasSize(1);
    }

    private static Problem problem(Problem.Reason reason, String message) {
        return new Problem("Ingress", SHOP, "uid-1", "spec", reason, message);
    }

    private void after(Duration time) {
        now = now.plus(time);
    }

    private Optional<Duration> record(@Nullable Ingress ingress, Problem... problems) {
        var objects = KubeSnapshot.of(Stream.ofNullable(ingress), Set.of(), List.of());
        return events.record(List.of(problems), objects);
    }

    /** As the API server: a name is taken once. */
    private void create(HttpExchange exchange) throws IOException {
        try (exchange) {
            var event = mapper.readTree(exchange.getRequestBody());
            var isNew = names.add(text(event, "/metadata/name"));
            if (isNew) {
                said.add(text(event, "/type") + " " + text(event, "/reason") + ": " + text(event, "/message"));
            }
            var body = mapper.writeValueAsBytes(event);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(isNew ? 201 : 409, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String text(JsonNode event, String pointer) {
        return event.at(pointer).asText();
    }
}
