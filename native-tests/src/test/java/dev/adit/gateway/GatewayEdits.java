package dev.adit.gateway;

import dev.adit.bench.Origin;
import dev.adit.neverdrop.Requests;
import dev.adit.testbed.Adit;
import dev.adit.testbed.Certificates;
import dev.adit.testbed.Cluster;
import dev.adit.testbed.GatewayDefinitions;
import dev.adit.testbed.KeptConnection;
import dev.adit.testbed.TlsClient;
import java.io.IOException;
import java.math.BigInteger;
import java.net.ConnectException;
import java.nio.file.Files;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Listeners come and go, certificates are rotated and a route moves between two Gateways, while requests are under way: {@code make
 * gateway-edits}.
 */
public final class GatewayEdits {
    private static final int PER_SECOND = 500;
    private static final int PAIRS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String STAYS = "stays.test";
    private static final String MOVES = "moves.test";
    private static final String[] GATEWAYS = {"one", "two"};
    private static final String GATEWAY = """
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: %s, namespace: default}
            spec:
              gatewayClassName: adit
              listeners:
              - {name: http, port: 80, protocol: HTTP}
              - {name: https, port: 443, protocol: HTTPS, tls: {certificateRefs: [{name: own}]}}
            %s""";
    private static final String MORE = "  - {name: more, port: 8080, protocol: HTTP}\n";
    private static final String ROUTE = """
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: %1$s, namespace: default}
            spec:
              parentRefs: [%2$s]
              hostnames: [%1$s]
              rules: [{backendRefs: [{name: web, port: 80}]}]
            """;

    private final Cluster cluster;
    private final List<Certificates> pairs = new ArrayList<>();

    private GatewayEdits(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Arguments: how often all of it happens, and how many requests there are at least. */
    public static void main(String[] arguments) throws Exception {
        var failures = 0L;
        try (var cluster = Cluster.up();
                var origin = Origin.listen(cluster.gateway())) {
            var kubeconfig = cluster.installForOutside();
            cluster.apply(GatewayDefinitions.all());
            cluster.kubectl("wait", "--for=condition=Established", "crd", "--all");
            var edits = new GatewayEdits(cluster);
            edits.prepare(origin);
            try (var adit = Adit.startWith(
                            kubeconfig, "serve", "--publish-service=adit-system/adit", "--gateway-addresses=service")
                    .ready()) {
                failures = edits.run(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]));
                adit.output().lines().filter(line -> line.contains("Exception")).forEach(System.out::println);
            }
        }
        System.exit(failures == 0 ? 0 : 1);
    }

    private void prepare(Origin origin) throws Exception {
        var folder = Files.createTempDirectory("adit-gateway-edits-");
        for (var i = 0; i < PAIRS; i++) {
            pairs.add(Certificates.make(folder, "pair-" + i, STAYS));
        }
        cluster.apply("""
                apiVersion: v1
                kind: Service
                metadata: {name: web, namespace: default}
                spec: {ports: [{name: http, port: 80}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: web-1, namespace: default, labels: {kubernetes.io/service-name: web}}
                addressType: IPv4
                ports: [{name: http, port: %d}]
                endpoints: [{addresses: [%s]}]
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: GatewayClass
                metadata: {name: adit}
                spec: {controllerName: adit.dev/gateway-controller}
                ---
                """.formatted(origin.address().getPort(), cluster.gateway())
                + pairs.getFirst().secret("own")
                + GATEWAY.formatted("one", "")
                + GATEWAY.formatted("two", "")
                + route(STAYS, "one")
                + route(MOVES, "one"));
    }

    private static String route(String host, String... gateways) {
        var parents = new ArrayList<String>();
        for (var gateway : gateways) {
            parents.add("{name: " + gateway + "}");
        }
        return ROUTE.formatted(host, String.join(", ", parents));
    }

    private long run(int times, long requests) throws Exception {
        answered("one", STAYS, 200);
        answered("one", MOVES, 200);
        var failures = 0L;
        var count = 0L;
        try (var plain = load("one", 80, STAYS);
                var secure = load("one", 443, STAYS)) {
            var moving = load("one", 80, MOVES);
            for (var i = 1; i <= times || count(plain, secure) + count < requests; i++) {
                cluster.apply(GATEWAY.formatted("one", MORE));
                eventually("port 8080 is open", () -> status("one", 8080, STAYS) == 200);
                rotate(i);
                var other = GATEWAYS[i % 2];
                var former = GATEWAYS[1 - i % 2];
                cluster.apply(route(MOVES, GATEWAYS));
                answered(other, MOVES, 200);
                var moved = load(other, 80, MOVES);
                moving.close();
                count += moving.tally().count();
                failures += report("moving", moving);
                moving = moved;
                cluster.apply(route(MOVES, other));
                answered(former, MOVES, 404);
                var port = port("one", 8080);
                cluster.apply(GATEWAY.formatted("one", ""));
                eventually("port 8080 is closed", () -> isClosed(port));
            }
            for (var load : List.of(plain, secure, moving)) {
                load.close();
            }
            failures += report("plain", plain) + report("TLS", secure) + report("moving", moving);
            count += count(plain, secure) + moving.tally().count();
        }
        System.out.printf("at least %d times everything: %,d requests, %d failed%n", times, count, failures);
        return failures;
    }

    private static long count(Requests... loads) {
        var count = 0L;
        for (var load : loads) {
            count += load.tally().count();
        }
        return count;
    }

    private static long report(String name, Requests load) {
        if (load.tally().failures() > 0) {
            System.out.println(name + ": " + load.tally());
        }
        return load.tally().failures();
    }

    private void rotate(int number) throws Exception {
        var pair = pairs.get(number % PAIRS);
        var expected = serial(pair);
        cluster.apply(pair.secret("own"));
        var port = port("one", 443);
        eventually(
                "the certificate is the new one",
                () -> TlsClient.get("127.0.0.1", port, STAYS, "/")
                        .certificate()
                        .getSerialNumber()
                        .equals(expected));
    }

    private static BigInteger serial(Certificates pair) throws Exception {
        try (var in = Files.newInputStream(pair.certificate())) {
            return ((X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in))
                    .getSerialNumber();
        }
    }

    private Requests load(String gateway, int port, String host) throws Exception {
        return new Requests(
                "127.0.0.1", port(gateway, port), host, "/", PER_SECOND, port == 443, status -> status == 200);
    }

    private void answered(String gateway, String host, int status) throws Exception {
        eventually(host + " at Gateway " + gateway + " answers " + status, () -> status(gateway, 80, host) == status);
    }

    private int status(String gateway, int port, String host) throws Exception {
        var local = port(gateway, port);
        if (local == 0) {
            return 0;
        }
        try (var connection = new KeptConnection(local)) {
            return connection.status(host, "/");
        } catch (IOException _) {
            return 0;
        }
    }

    private static boolean isClosed(int port) throws IOException {
        try (var _ = new KeptConnection(port)) {
            return false;
        } catch (ConnectException _) {
            return true;
        }
    }

    /** Where Adit listens for a port of a Gateway; 0 where that is not known yet. */
    private int port(String gateway, int port) throws Exception {
        var found = cluster.kubectl(
                "-n",
                "adit-system",
                "get",
                "services",
                "-o",
                "jsonpath={.items[?(@.metadata.annotations.adit\\.dev/gateway==\"default/" + gateway
                        + "\")].spec.ports[?(@.port==" + port + ")].targetPort}");
        return found.isEmpty() ? 0 : Integer.parseInt(found);
    }

    /** Something that holds sooner or later. */
    @FunctionalInterface
    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void eventually(String what, Condition condition) throws Exception {
        var begin = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                throw new IOException("not within " + PATIENCE + ": " + what);
            }
            LockSupport.parkNanos(5_000_000); // between two questions
        }
    }
}
