package dev.adit.gateway;

import dev.adit.bench.KeyPairs;
import dev.adit.bench.Origin;
import dev.adit.bench.Running;
import dev.adit.bench.Scale;
import dev.adit.bench.Setting;
import dev.adit.bench.Subject;
import dev.adit.bench.Subjects;
import dev.adit.bench.footprint.ClusterObjects;
import dev.adit.neverdrop.Requests;
import dev.adit.testbed.Adit;
import dev.adit.testbed.Cluster;
import dev.adit.testbed.GatewayDefinitions;
import dev.adit.testbed.KeptConnection;
import dev.adit.testbed.Ports;
import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** Many HTTPRoutes of which one changes each second, while requests are under way: {@code make gateway-churn}. */
public final class GatewayChurn {
    private static final String CONTROLLER = "adit.dev/gateway-controller";
    private static final int PER_SECOND = 500;
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final String RULES =
            "{\"spec\": {\"rules\": [{\"matches\": [{\"path\": {\"type\": \"Exact\", \"value\": \"/v%d\"}}],"
                    + " \"backendRefs\": [{\"name\": \"s%d\", \"port\": 80}]}]}}";

    private final Cluster cluster;
    private final Scale scale;
    private final ClusterObjects objects;
    private final Origin origin;

    private GatewayChurn(Cluster cluster, Scale scale, ClusterObjects objects, Origin origin) {
        this.cluster = cluster;
        this.scale = scale;
        this.objects = objects;
        this.origin = origin;
    }

    /** Arguments: how many routes, and how many changes. */
    public static void main(String[] arguments) throws Exception {
        var scale = new Scale(Integer.parseInt(arguments[0]), 0);
        var changes = Integer.parseInt(arguments[1]);
        var isServed = true;
        try (var cluster = Cluster.up();
                var origin = Origin.listen(cluster.gateway())) {
            cluster.allowEverything();
            cluster.apply(GatewayDefinitions.all());
            cluster.kubectl("wait", "--for=condition=Established", "crd", "--all");
            var objects = new ClusterObjects(cluster, cluster.token("default", "default"));
            objects.addHttpRoutes(scale, origin.address());
            var churn = new GatewayChurn(cluster, scale, objects, origin);
            for (var subject : subjects()) {
                isServed &= churn.isServed(subject, changes) || !subject.isAdit();
            }
        }
        System.exit(isServed ? 0 : 1);
    }

    private static List<Subject> subjects() {
        var subjects = new ArrayList<Subject>();
        subjects.add(new Subject("Adit", CONTROLLER, Adit.ROOT, setting -> {
            var words = new ArrayList<>(Adit.command());
            words.addAll(List.of(
                    "serve",
                    "--publish-address=192.0.2.1",
                    "--http-port=" + setting.http(),
                    "--https-port=" + setting.https(),
                    "--management-port=" + setting.probe()));
            return new Subject.Command(
                    words, Map.of("KUBECONFIG", setting.kubeconfig().toString()));
        }));
        Subjects.found("traefik")
                .ifPresentOrElse(
                        path -> subjects.add(new Subject(
                                "Traefik", "traefik.io/gateway-controller", path, setting -> traefik(path, setting))),
                        () -> System.err.println("SKIPPED Traefik: not here (name it in TRAEFIK)"));
        return subjects;
    }

    private static Subject.Command traefik(Path path, Setting setting) {
        return new Subject.Command(
                path.toString(),
                "--entrypoints.web.address=:" + setting.http(),
                "--providers.kubernetesgateway.endpoint=" + setting.api(),
                "--providers.kubernetesgateway.token=" + setting.token(),
                "--providers.kubernetesgateway.certauthfilepath=" + setting.ca(),
                "--providers.kubernetesgateway.statusaddress.ip=192.0.2.1",
                "--global.checknewversion=false",
                "--global.sendanonymoususage=false");
    }

    /** One that does not serve so many has no figures, and nobody else lacks theirs for it. */
    private boolean isServed(Subject subject, int changes) throws Exception {
        try {
            return measure(subject, changes) == 0;
        } catch (IOException e) {
            System.out.println(subject.name() + ": " + e.getMessage());
            return false;
        }
    }

    /** Returns how many requests failed. */
    private long measure(Subject subject, int changes) throws Exception {
        var setting = setting(Files.createTempDirectory("adit-churn-"));
        // Traefik wants the port of the listener to be the one that it listens on.
        gateway(subject.controller(), subject.isAdit() ? 80 : setting.http());
        try (var running = Running.start(subject, setting)) {
            running.untilServed(scale.lastHost());
            settle(running);
            var _ = isJudged(
                    objects.get(ClusterObjects.HTTP_ROUTES + "/r0"),
                    subject.controller()); // what reads it is slow at first
            var resting = running.residentMiB();
            var latencies = new long[changes];
            var statuses = new long[changes];
            var before = running.cpuSeconds();
            var last = scale.lastHost();
            try (var load = new Requests("127.0.0.1", running.http(), last, "/", PER_SECOND)) {
                var begin = System.nanoTime();
                for (var i = 0; i < changes; i++) {
                    LockSupport.parkNanos(begin + i * Duration.ofSeconds(1).toNanos() - System.nanoTime());
                    change(subject.controller(), running.http(), i, latencies, statuses);
                }
                load.close();
                System.out.printf(
                        Locale.ROOT,
                        "%s: %,d HTTPRoutes, %d changes: %s, p99 %.1f ms; a change is served after p50 %.1f ms, p99 %.1f ms;"
                                + " its status is written after p50 %.1f ms, p99 %.1f ms, at most %.1f ms (change %d); %.1f MiB before, %.1f after; %.1f s of CPU%n",
                        subject.name(),
                        scale.routes(),
                        changes,
                        load.tally(),
                        load.percentile(0.99),
                        millis(latencies, 0.5),
                        millis(latencies, 0.99),
                        millis(statuses, 0.5),
                        millis(statuses, 0.99),
                        millis(statuses, 1),
                        slowest(statuses),
                        resting,
                        running.residentMiB(),
                        running.cpuSeconds() - before);
                return load.tally().failures();
            }
        }
    }

    /** Gives a host another path, and waits until that is served, and then until the route's status is of that change. */
    private void change(String controller, int port, int number, long[] latencies, long[] statuses) throws Exception {
        var route = number * 31 % (scale.routes() - 1);
        var path = ClusterObjects.HTTP_ROUTES + "/r" + route;
        objects.merge(path, RULES.formatted(number, route));
        var done = System.nanoTime();
        try (var connection = new KeptConnection(port)) {
            connection.await(scale.host(route), "/", 404);
            connection.await(scale.host(route), "/v" + number, 200);
        }
        latencies[number] = System.nanoTime() - done;
        while (!isJudged(objects.get(path), controller)) {
            if (System.nanoTime() - done > MOST.toNanos()) {
                throw new IOException("the status of " + path + " is not written: " + objects.get(path));
            }
            LockSupport.parkNanos(2_000_000); // between two questions
        }
        statuses[number] = System.nanoTime() - done;
    }

    /** Whether that controller has said of this version of a route that it is accepted. */
    private static boolean isJudged(String route, String controller) {
        var json = JsonPath.from(route);
        var judged =
                "status.parents.findAll {it.controllerName == '%s'}.conditions.flatten().findAll {it.type == 'Accepted'}"
                        + ".observedGeneration";
        return json.getList(judged.formatted(controller)).contains(json.get("metadata.generation"));
    }

    /** The class and the Gateway change hands, since the controller of a class cannot be edited. */
    private void gateway(String controller, int port) throws IOException, InterruptedException {
        cluster.kubectl("delete", "gatewayclass/edge", "gateway/edge", "--ignore-not-found");
        cluster.apply("""
                apiVersion: gateway.networking.k8s.io/v1
                kind: GatewayClass
                metadata: {name: edge}
                spec: {controllerName: %s}
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: Gateway
                metadata: {name: edge}
                spec:
                  gatewayClassName: edge
                  listeners: [{name: http, port: %d, protocol: HTTP}]
                """.formatted(controller, port));
    }

    private Setting setting(Path directory) throws Exception {
        return new Setting(
                directory,
                scale,
                new KeyPairs(List.of()),
                origin.address(),
                false,
                false,
                Ports.free(),
                Ports.free(),
                Ports.free(),
                cluster.kubeconfigOf("default", "default"),
                cluster.api(),
                cluster.ca(),
                cluster.token("default", "default"));
    }

    /** Waits for what a start leaves behind: the statuses of all routes are written then, and a second costs little. */
    private static void settle(Running running) throws InterruptedException {
        for (var before = running.cpuSeconds(); ; before = running.cpuSeconds()) {
            Thread.sleep(Duration.ofSeconds(2));
            if (running.cpuSeconds() - before <= 0.05) {
                return;
            }
        }
    }

    private static int slowest(long[] nanos) {
        return IntStream.range(0, nanos.length)
                .boxed()
                .max(Comparator.comparingLong(i -> nanos[i]))
                .orElse(-1);
    }

    private static double millis(long[] nanos, double share) {
        var sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, sorted.length * share)] / 1e6;
    }
}
