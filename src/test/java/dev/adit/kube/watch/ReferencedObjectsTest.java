package dev.adit.kube.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Secret;
import dev.adit.kube.source.SnapshotSource;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReferencedObjectsTest {
    private static final ObjectKey GOOD = new ObjectKey("ns", "good");
    private static final ObjectKey BAD = new ObjectKey("ns", "bad");

    private final AtomicInteger told = new AtomicInteger();
    private HttpServer api;

    @BeforeEach
    void begin() throws IOException {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", this::answer);
        api.start();
    }

    private final List<String> asked = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        api.stop(0);
    }

    /** Whoever writes an Ingress chooses them, and they become a part of a URL that is asked for with our own rights. */
    @Test
    void a_name_that_no_object_can_have_is_never_asked_for() {
        var names = Stream.of("../../kube-system/secrets/x", "../../../../metrics", "?watch=true", "a/b", "A", "")
                .map(name -> new ObjectKey("ns", name))
                .collect(Collectors.toSet());
        var all = new HashSet<>(names);
        all.add(GOOD);
        try (var client = client();
                var secrets = new ReferencedObjects(
                        new Nothing(), client, kind -> kind == Secret.KIND ? all : Set.of(), Duration.ofSeconds(2))) {
            secrets.start(told::incrementAndGet);
            assertThat(secrets.find(Secret.KIND, GOOD)).isPresent();
            assertThat(secrets.isAwaiting()).isTrue();
            names.forEach(name -> assertThat(secrets.find(Secret.KIND, name)).isEmpty());
            await().until(() -> isRead(secrets.snapshot(), GOOD));
            assertThat(secrets.isAwaiting()).isFalse();
            assertThat(asked).containsExactly("/api/v1/namespaces/ns/secrets/good");
        }
    }

    private KubernetesClient client() {
        var address = api.getAddress();
        var config = new ConfigBuilder()
                .withMasterUrl("http://" + address.getHostString() + ":" + address.getPort())
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    @Test
    void one_that_cannot_be_read_keeps_nobody_waiting_for_long() {
        try (var client = client();
                var secrets = new ReferencedObjects(
                        new Nothing(),
                        client,
                        kind -> kind == Secret.KIND ? Set.of(GOOD, BAD) : Set.of(),
                        Duration.ofSeconds(2))) {
            secrets.start(told::incrementAndGet);
            List.of(GOOD, BAD).forEach(key -> secrets.find(Secret.KIND, key));
            assertThat(secrets.isAwaiting()).isTrue();
            await().until(() -> isRead(secrets.snapshot(), GOOD));
            assertThat(secrets.isAwaiting()).isTrue();
            var before = told.get();
            await().until(() -> told.get() > before);
            await().until(() -> !secrets.isAwaiting());
            assertThat(isRead(secrets.snapshot(), BAD)).isFalse();
            assertThat(secrets.isAlive()).isTrue();
        }
    }

    private static boolean isRead(KubeSnapshot snapshot, ObjectKey key) {
        return snapshot.find(Secret.KIND, key)
                .filter(secret -> !(secret.content() instanceof Secret.Content.Unread))
                .isPresent();
    }

    private void answer(HttpExchange exchange) throws IOException {
        asked.add(exchange.getRequestURI().toString());
        var isGood = exchange.getRequestURI().getPath().endsWith("/good");
        var body = isGood
                ? "{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"metadata\": {\"name\": \"good\", \"namespace\": \"ns\"}}"
                : "{\"apiVersion\": \"v1\", \"kind\": \"Status\", \"code\": 400, \"message\": \"it is sealed\"}";
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(isGood ? 200 : 400, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static final class Nothing implements SnapshotSource {
        @Override
        public void start(Runnable changed) {}

        @Override
        public boolean isSynced() {
            return true;
        }

        @Override
        public KubeSnapshot snapshot() {
            return KubeSnapshot.EMPTY;
        }

        @Override
        public void close() {}
    }
}
