package dev.adit.bench.footprint;

import dev.adit.bench.Figures;
import dev.adit.bench.KeyPairs;
import dev.adit.bench.Origin;
import dev.adit.bench.Running;
import dev.adit.bench.Scale;
import dev.adit.bench.Setting;
import dev.adit.bench.Subject;
import dev.adit.bench.Subjects;
import dev.adit.testbed.Adit;
import dev.adit.testbed.Cluster;
import dev.adit.testbed.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * {@code make footprint}: size, start and memory of Adit in both builds and of the peers that are here, for the same
 * routes, side by side in one run.
 */
public final class Footprint {
    private static final Scale SMALL = new Scale(10, 1);
    private static final Scale IDLE = new Scale(2_000, 1_000);
    private static final Duration IDLE_FOR = Duration.ofMinutes(5);
    private static final Scale LARGE = new Scale(10_000, 1_000);
    private static final Duration SETTLE = Duration.ofSeconds(3);

    private final Cluster cluster;
    private final Path work;
    private final Origin origin;
    private final Path kubeconfig;
    private final String token;

    private Footprint(Cluster cluster, Path work) throws Exception {
        this.cluster = cluster;
        this.work = work;
        this.origin = Origin.listen(cluster.gateway());
        cluster.allowEverything();
        this.kubeconfig = cluster.kubeconfigOf("default", "default");
        this.token = cluster.token("default", "default");
    }

    /** Arguments: minutes of steady load for each subject, rounds of starts, and the only subjects, if not all. */
    public static void main(String[] arguments) throws Exception {
        var obstacle = Cluster.obstacle();
        if (!obstacle.isEmpty()) {
            System.err.println("SKIPPED: " + obstacle);
            return;
        }
        var minutes = Duration.ofMinutes(Long.parseLong(arguments[0]));
        var rounds = Integer.parseInt(arguments[1]);
        var only = arguments.length > 2 ? List.of(arguments[2].split(",")) : List.<String>of();
        var subjects = Subjects.present().stream()
                .filter(subject ->
                        only.isEmpty() || only.contains(subject.name().replace(' ', '-')))
                .toList();
        try (var cluster = Cluster.up()) {
            var work = Files.createTempDirectory(Adit.ROOT.resolve("native-tests/target"), "footprint-");
            var footprint = new Footprint(cluster, work);
            try (footprint.origin) {
                var figures = footprint.measure(subjects, minutes, rounds);
                FootprintPage.write(subjects, figures, minutes, only.isEmpty());
            }
        }
    }

    private Figures measure(List<Subject> subjects, Duration load, int rounds) throws Exception {
        var figures = new Figures();
        var objects = new ClusterObjects(cluster, token);
        var pairs = KeyPairs.make(work.resolve("pairs"), LARGE);
        objects.add(0, SMALL, pairs, origin.address());
        starts(subjects, SMALL, pairs, rounds, figures, "10");
        for (var subject : subjects) {
            say(subject.name() + ": steady load for " + load.toMinutes() + " min, then TLS in bulk");
            try (var running = serving(subject, SMALL, pairs, "load")) {
                new SteadyLoad(running, SMALL, figures, subject.name()).run(load);
            }
        }
        objects.add(SMALL.routes(), IDLE, pairs, origin.address());
        for (var subject : subjects) {
            if (!subject.controller().isEmpty()) {
                idle(subject, pairs, figures);
            }
        }
        objects.add(IDLE.routes(), LARGE, pairs, origin.address());
        starts(subjects, LARGE, pairs, (rounds + 2) / 3, figures, "10,000");
        return figures;
    }

    /** What a controller takes of the processor when nothing changes and nobody asks. */
    private void idle(Subject subject, KeyPairs pairs, Figures figures) throws Exception {
        say(subject.name() + ": idle for " + IDLE_FOR.toMinutes() + " min with 2,000 routes");
        try (var running = serving(subject, IDLE, pairs, "idle")) {
            running.untilServed(IDLE.lastHost());
            Thread.sleep(SETTLE.multipliedBy(5)); // the start is not idle
            var before = running.cpuSeconds();
            Thread.sleep(IDLE_FOR);
            figures.add(subject.name(), "idle", (running.cpuSeconds() - before) * 1000 / IDLE_FOR.toMinutes());
        }
    }

    /** Interleaved, so that a noisy minute of the machine falls on all of them. */
    private void starts(List<Subject> subjects, Scale scale, KeyPairs pairs, int rounds, Figures figures, String label)
            throws Exception {
        for (var round = 1; round <= rounds; round++) {
            say("starts with " + label + " routes, round " + round + " of " + rounds);
            for (var subject : subjects) {
                start(subject, scale, pairs, figures, label, round);
            }
        }
    }

    /** One that cannot be started here is missing from the table, and nothing else is. */
    private void start(Subject subject, Scale scale, KeyPairs pairs, Figures figures, String label, int round)
            throws Exception {
        try (var running = serving(subject, scale, pairs, label + "-" + round)) {
            if (subject.isAdit()) {
                figures.add(subject.name(), "ready " + label, running.untilReady());
            }
            figures.add(subject.name(), "served " + label, running.untilServed(scale.lastHost()));
            Thread.sleep(SETTLE); // the figure is that of a subject at rest
            figures.add(subject.name(), "resident " + label, running.residentMiB());
        } catch (IOException e) {
            say("SKIPPED " + subject.name() + " with " + label + " routes: " + e.getMessage());
        }
    }

    private Running serving(Subject subject, Scale scale, KeyPairs pairs, String run) throws Exception {
        if (!subject.controller().isEmpty()) {
            ingressClass(subject.controller());
        }
        var directory = work.resolve((subject.name() + "-" + run).replaceAll("[^A-Za-z0-9]+", "-"));
        var setting = new Setting(
                directory,
                scale,
                new KeyPairs(pairs.pairs().subList(0, scale.certificates())),
                origin.address(),
                false,
                false,
                Ports.free(),
                Ports.free(),
                Ports.free(),
                kubeconfig,
                cluster.api(),
                cluster.ca(),
                token);
        return Running.start(subject, setting);
    }

    /** The one class of all Ingresses changes hands, since its controller cannot be edited. */
    private void ingressClass(String controller) throws IOException, InterruptedException {
        cluster.kubectl("delete", "ingressclass", "edge", "--ignore-not-found");
        cluster.apply("""
                apiVersion: networking.k8s.io/v1
                kind: IngressClass
                metadata: {name: edge}
                spec: {controller: %s}
                """.formatted(controller));
    }

    static void say(String line) {
        System.err.println("footprint: " + line);
    }
}
