package dev.adit.neverdrop;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Backends;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** Every attack in turn, and what those notice who mean well: {@code make floods}. */
public final class Floods {
    private static final int PER_SECOND = 200;
    private static final String INGRESS = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: web}
            spec:
              rules:
              - host: a.test
                http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
            """;

    private Floods() {}

    /** Argument: how many seconds each lasts. */
    public static void main(String[] arguments) throws Exception {
        var length = Duration.ofSeconds(Integer.parseInt(arguments[0]));
        var manifests = Files.createTempDirectory("adit-floods-");
        var failures = 0L;
        try (var backends = new Backends().service("web", 2)) {
            Files.writeString(manifests.resolve("web.yaml"), backends.manifests() + INGRESS);
            for (var attack : Attack.values()) {
                try (var adit = Adit.serving(manifests, "--h2c")) {
                    failures += run(attack, adit, length);
                }
            }
        }
        System.exit(failures == 0 ? 0 : 1);
    }

    private static long run(Attack attack, Adit adit, Duration length) throws Exception {
        ask(adit, length); // the first requests pay for what all others use
        var quiet = ask(adit, length);
        var before = resident(adit);
        var done = new LongAdder();
        var attacker = Thread.ofPlatform().start(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    attack.once(adit.http(), done);
                } catch (IOException _) {
                    // thrown out: again
                } catch (InterruptedException _) {
                    return;
                }
            }
        });
        var during = ask(adit, length);
        var peak = resident(adit);
        attacker.interrupt();
        attacker.join();
        Thread.sleep(Duration.ofSeconds(5));
        var after = ask(adit, length);
        System.out.printf(
                Locale.ROOT,
                "%s: %d rounds; p99 %.2f ms quiet, %.2f ms during, %.2f ms 5 s after; RSS %.1f to %.1f MB; failed %d, %d, %d%n",
                attack,
                done.sum(),
                quiet.percentile(0.99),
                during.percentile(0.99),
                after.percentile(0.99),
                before,
                peak,
                quiet.tally().failures(),
                during.tally().failures(),
                after.tally().failures());
        return during.tally().failures() + after.tally().failures();
    }

    private static Requests ask(Adit adit, Duration length) throws InterruptedException {
        var requests = new Requests("127.0.0.1", adit.http(), "a.test", "/", PER_SECOND);
        Thread.sleep(length);
        requests.close();
        return requests;
    }

    private static double resident(Adit adit) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(adit.pid()), "status"))
                        .lines()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow()
                / 1024.0;
    }
}
