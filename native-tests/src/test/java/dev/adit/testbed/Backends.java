package dev.adit.testbed;

import com.sun.net.httpserver.HttpServer;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/** Upstreams of a test: each answers with its own name, and what it was asked. */
public final class Backends implements AutoCloseable {
    private final List<HttpServer> servers = new ArrayList<>();
    private final String address;
    private final StringBuilder manifests = new StringBuilder();

    /** On loopback, which a folder of manifests may name. */
    public Backends() {
        this(InetAddress.getLoopbackAddress().getHostAddress());
    }

    /** On an address that the API server lets into a slice. */
    public Backends(String address) {
        this.address = address;
    }

    /** A Service of that name with so many endpoints, named {@code name-1} and on. */
    public Backends service(String name, int endpoints) throws IOException {
        manifests.append("""
                apiVersion: v1
                kind: Service
                metadata: {name: %s}
                spec: {ports: [{name: http, port: 80}]}
                ---
                """.formatted(name));
        for (var i = 1; i <= endpoints; i++) {
            manifests.append("""
                    apiVersion: discovery.k8s.io/v1
                    kind: EndpointSlice
                    metadata: {name: %1$s-%2$d, labels: {kubernetes.io/service-name: %1$s}}
                    addressType: IPv4
                    ports: [{name: http, port: %3$d}]
                    endpoints: [{addresses: [%4$s]}]
                    ---
                    """.formatted(name, i, listen(name + "-" + i), address));
        }
        return this;
    }

    /** An Ingress of class adit for host {@code name.test}, with all of its paths at the Service {@code web}. */
    public static String ingress(String name) {
        return """
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: %1$s, namespace: default}
                spec:
                  ingressClassName: adit
                  rules:
                  - host: %1$s.test
                    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
                """.formatted(name);
    }

    /** How a subject answers a request for that host. */
    public static int code(Adit adit, String name) {
        return RestAssured.given()
                .header("Host", name + ".test")
                .get("http://127.0.0.1:" + adit.http() + "/")
                .statusCode();
    }

    /** Services and slices as YAML. */
    public String manifests() {
        return manifests.toString();
    }

    @Override
    public void close() {
        servers.forEach(server -> server.stop(0));
    }

    private int listen(String name) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(address), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                var fields = exchange.getRequestHeaders();
                var body = String.join(
                        "\n",
                        exchange.getRequestMethod() + " " + exchange.getRequestURI(),
                        "host " + fields.getFirst("Host"),
                        "proto " + fields.getFirst("X-Forwarded-Proto"),
                        "for " + fields.getFirst("X-Forwarded-For"));
                exchange.getResponseHeaders().set("X-Backend", name);
                var bytes = body.getBytes(StandardCharsets.UTF_8);
                var head = exchange.getRequestMethod().equals("HEAD");
                exchange.sendResponseHeaders(200, head ? -1 : bytes.length);
                if (!head) {
                    exchange.getResponseBody().write(bytes);
                }
            }
        });
        server.start();
        servers.add(server);
        return server.getAddress().getPort();
    }
}
