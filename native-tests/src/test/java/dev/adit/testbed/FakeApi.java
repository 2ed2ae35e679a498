package dev.adit.testbed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/**
 * As much of an API server as Adit asks for: lists and watches of objects that a test gives as JSON, Secrets by name, and
 * whatever is written. For what needs no control plane, and for objects that a real one would refuse.
 */
public final class FakeApi implements AutoCloseable {
    private static final Map<String, String> KINDS = Map.of(
            "ingresses", "Ingress",
            "ingressclasses", "IngressClass",
            "services", "Service",
            "endpointslices", "EndpointSlice",
            "secrets", "Secret",
            "configmaps", "ConfigMap");

    private final Map<String, List<String>> objects = new ConcurrentHashMap<>();
    private final Map<String, String> written = new ConcurrentHashMap<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final HttpServer server;
    private volatile boolean isAway;

    public FakeApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    /** Adds an object, as JSON; {@code kind} is the plural name of its kind. */
    public FakeApi with(String kind, String json) {
        objects.computeIfAbsent(kind, _ -> new CopyOnWriteArrayList<>()).add(json);
        return this;
    }

    /** From now on every request fails, or none does. */
    public void setAway(boolean away) {
        isAway = away;
    }

    /** The Events that were recorded, as JSON. */
    public List<String> events() {
        return events;
    }

    /** For whoever may do everything. */
    public Path kubeconfig(Path folder) throws IOException {
        return Files.writeString(
                folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: fake, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: fake, user: {token: none}}]
                contexts: [{name: fake, context: {cluster: fake, user: fake, namespace: adit-system}}]
                current-context: fake
                """.formatted(server.getAddress().getPort()));
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().getPath();
            var query = String.valueOf(exchange.getRequestURI().getQuery());
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var kind = path.substring(path.lastIndexOf('/') + 1);
            if (isAway) {
                send(exchange, 503, status(503));
            } else if (!exchange.getRequestMethod().equals("GET")) {
                write(exchange, path, body);
            } else if (query.contains("watch=true")) {
                hold(exchange);
            } else if (KINDS.containsKey(kind)) {
                send(exchange, 200, list(kind));
            } else {
                one(exchange, path);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** A watch in which nothing happens. */
    private void hold(HttpExchange exchange) throws IOException, InterruptedException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        exchange.getResponseBody().flush();
        closed.await();
    }

    private String list(String kind) {
        return """
                {"kind": "%sList", "apiVersion": "%s", "metadata": {"resourceVersion": "1"}, "items": [%s]}
                """.formatted(KINDS.get(kind), version(kind), String.join(",", objects.getOrDefault(kind, List.of())));
    }

    private static String version(String kind) {
        return switch (kind) {
            case "ingresses", "ingressclasses" -> "networking.k8s.io/v1";
            case "endpointslices" -> "discovery.k8s.io/v1";
            default -> "v1";
        };
    }

    private void one(HttpExchange exchange, String path) throws IOException {
        var name = path.substring(path.lastIndexOf('/') + 1);
        var folder = path.substring(0, path.length() - name.length() - 1);
        var kind = folder.substring(folder.lastIndexOf('/') + 1);
        var found = written.getOrDefault(
                path,
                objects.getOrDefault(kind, List.of()).stream()
                        .filter(json -> json.contains("\"name\": \"" + name + "\""))
                        .findFirst()
                        .orElse(""));
        send(exchange, found.isEmpty() ? 404 : 200, found.isEmpty() ? status(404) : found);
    }

    private void write(HttpExchange exchange, String path, String body) throws IOException {
        if (path.endsWith("/events")) {
            events.add(body);
        } else if (exchange.getRequestMethod().equals("POST")) {
            var name = body.replaceFirst("(?s).*?\"name\"\\s*:\\s*\"([^\"]*)\".*", "$1");
            written.put(path + "/" + name, body);
        }
        var stored = written.getOrDefault(path, body);
        send(exchange, exchange.getRequestMethod().equals("POST") ? 201 : 200, stored);
    }

    private static String status(int code) {
        return "{\"kind\": \"Status\", \"apiVersion\": \"v1\", \"status\": \"Failure\", \"code\": " + code + "}";
    }

    private static void send(HttpExchange exchange, int code, String json) throws IOException {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
