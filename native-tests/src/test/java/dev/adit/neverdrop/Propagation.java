package dev.adit.neverdrop;

import dev.adit.bench.KeyPairs;
import dev.adit.bench.Origin;
import dev.adit.bench.Scale;
import dev.adit.bench.footprint.ClusterObjects;
import dev.adit.testbed.Adit;
import dev.adit.testbed.Cluster;
import dev.adit.testbed.KeptConnection;
import dev.adit.testbed.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/** From the API server's answer to a change until the first request that is served by it: {@code make propagation}. */
public final class Propagation {
    private static final String ROUTE = "/apis/networking.k8s.io/v1/namespaces/default/ingresses/i%d";
    private static final String PATHS =
            "{\"spec\": {\"rules\": [{\"host\": \"%s\", \"http\": {\"paths\": [{\"path\": \"/v%d\", \"pathType\": \"Exact\","
                    + " \"backend\": {\"service\": {\"name\": \"s%d\", \"port\": {\"number\": 80}}}}]}}]}}";

    private final Cluster cluster;
    private final Scale scale;
    private final ClusterObjects objects;
    private final Adit adit;
    private final String origin;

    private Propagation(Cluster cluster, Scale scale, ClusterObjects objects, Adit adit, String origin) {
        this.cluster = cluster;
        this.scale = scale;
        this.objects = objects;
        this.adit = adit;
        this.origin = origin;
    }

    /** Arguments: how many routes, how many changes, how many events in a second. */
    public static void main(String[] arguments) throws Exception {
        var scale = new Scale(Integer.parseInt(arguments[0]), 0);
        var work = Files.createTempDirectory("adit-propagation-");
        try (var cluster = Cluster.up();
                var origin = Origin.listen(cluster.gateway())) {
            cluster.allowEverything();
            cluster.apply("""
                    apiVersion: networking.k8s.io/v1
                    kind: IngressClass
                    metadata: {name: edge}
                    spec: {controller: adit.dev/ingress-controller}
                    """);
            var objects = new ClusterObjects(cluster, cluster.token("default", "default"));
            objects.add(0, scale, KeyPairs.make(work, scale), origin.address());
            try (var adit = Adit.startWith(cluster.kubeconfigOf("default", "default"), "serve", "--ingress-class=edge")
                    .ready()) {
                var propagation = new Propagation(cluster, scale, objects, adit, cluster.gateway());
                propagation.settle();
                propagation.routes(Integer.parseInt(arguments[1]));
                propagation.endpoints(Integer.parseInt(arguments[1]));
                propagation.cost(Integer.parseInt(arguments[1]));
                propagation.storm(Integer.parseInt(arguments[2]));
            }
        }
        System.exit(0);
    }

    /** Waits for what a start leaves behind: after it, a second costs next to nothing. */
    private void settle() throws IOException, InterruptedException {
        for (var before = cpuMillis(); ; before = cpuMillis()) {
            Thread.sleep(Duration.ofSeconds(1));
            if (cpuMillis() - before <= 10) {
                return;
            }
        }
    }

    /** Each change gives another host another path; it is awaited before the next. */
    private void routes(int changes) throws IOException, InterruptedException {
        var latencies = new long[changes];
        for (var i = 0; i < changes; i++) {
            var route = i * 31 % (scale.routes() / 2); // the others are asked for their endpoints
            objects.merge(ROUTE.formatted(route), PATHS.formatted(scale.host(route), i, route));
            var done = System.nanoTime();
            await(scale.host(route), "/", 404);
            await(scale.host(route), "/v" + i, 200);
            latencies[i] = System.nanoTime() - done;
        }
        print("routes", latencies);
    }

    /** The same for an endpoint that goes and comes. */
    private void endpoints(int changes) throws IOException, InterruptedException {
        var latencies = new long[changes];
        for (var i = 0; i < changes; i++) {
            var route = scale.routes() - 1 - i / 2 % scale.routes();
            var ready = i % 2 == 1;
            objects.merge(Storm.SLICE.formatted(route), Storm.READY.formatted(origin, ready));
            var done = System.nanoTime();
            await(scale.host(route), "/", ready ? 200 : 503);
            latencies[i] = System.nanoTime() - done;
        }
        print("endpoints", latencies);
    }

    /** What changes take of the processor when nobody asks for what they change, 50 in a second, beyond what rest takes. */
    private void cost(int changes) throws IOException, InterruptedException {
        settle();
        var resting = -cpuMillis();
        Thread.sleep(Duration.ofMillis(changes * 20L + 1_000));
        resting += cpuMillis();
        for (var ofRoutes : new boolean[] {true, false}) {
            settle();
            var before = cpuMillis();
            var begin = System.nanoTime();
            for (var i = 0; i < changes; i++) {
                LockSupport.parkNanos(begin + i * 20_000_000L - System.nanoTime());
                var route = (i * 37 + 5) % scale.routes();
                if (ofRoutes) {
                    objects.merge(ROUTE.formatted(route), PATHS.formatted(scale.host(route), changes + i, route));
                } else {
                    objects.merge(Storm.SLICE.formatted(route), Storm.READY.formatted(origin, false));
                }
            }
            Thread.sleep(Duration.ofSeconds(1));
            var spent = cpuMillis() - before;
            System.out.printf(
                    Locale.ROOT,
                    "%s: %.2f ms of CPU each, and %.2f at rest%n",
                    ofRoutes ? "routes" : "endpoints",
                    (double) (spent - resting) / changes,
                    (double) resting / changes);
        }
    }

    /** Requests before and during a storm of events. */
    private void storm(int perSecond) throws Exception {
        if (perSecond == 0) {
            return;
        }
        Program.prefer(ProcessHandle.current().pid(), 2);
        Program.prefer(adit.pid(), 1);
        var host = scale.host(scale.routes() - 1);
        var quiet = new Requests("127.0.0.1", adit.http(), host, "/", 500);
        Thread.sleep(Duration.ofSeconds(20));
        quiet.close();
        cluster.standBack();
        var services = Integer.toString(scale.routes() / 4);
        var before = cpuMillis();
        var during = new Requests("127.0.0.1", adit.http(), host, "/", 500);
        var storm = Program.run(Program.aside(
                Storm.class,
                cluster.ca().toString(),
                cluster.api().toString(),
                cluster.token("default", "default"),
                origin,
                services,
                Integer.toString(perSecond)));
        during.close();
        System.out.printf(
                Locale.ROOT,
                "storm: %s; p99 %.2f ms, quiet %.2f ms; %d ms of CPU; %s%n",
                storm.output(),
                during.percentile(0.99),
                quiet.percentile(0.99),
                cpuMillis() - before,
                during.tally());
    }

    private void await(String host, String path, int status) throws IOException {
        try (var connection = new KeptConnection(adit.http())) {
            connection.await(host, path, status);
        }
    }

    private long cpuMillis() throws IOException {
        var stat = Files.readString(Path.of("/proc", Long.toString(adit.pid()), "stat"));
        var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * 10; // proc_pid_stat(5): utime, stime
    }

    private static void print(String what, long[] latencies) {
        Arrays.sort(latencies);
        System.out.printf(
                Locale.ROOT,
                "%s: %d changes, p50 %.1f ms, p99 %.1f ms%n",
                what,
                latencies.length,
                latencies[latencies.length / 2] / 1e6,
                latencies[(int) (latencies.length * 0.99)] / 1e6);
    }
}
