package dev.adit.neverdrop;

import dev.adit.bench.Origin;
import dev.adit.testbed.Adit;
import dev.adit.testbed.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Every attack in turn, and what those notice who mean well: {@code make floods}. The attacker has a machine of its own
 * elsewhere: here it gets what neither Adit nor what measures want of the processors.
 */
public final class Floods {
    private static final int PER_SECOND = 200;
    private static final String MANIFESTS = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: web}
            spec:
              rules:
              - host: a.test
                http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {ports: [{name: http, port: 80}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: web-1, labels: {kubernetes.io/service-name: web}}
            addressType: IPv4
            ports: [{name: http, port: %d}]
            endpoints: [{addresses: [127.0.0.1]}]
            """;

    private Floods() {}

    /** Arguments: how many seconds each lasts, and the attacks, of which there are all without any. */
    public static void main(String[] arguments) throws Exception {
        var length = Duration.ofSeconds(Integer.parseInt(arguments[0]));
        var attacks = arguments.length == 1
                ? List.of(Attack.values())
                : Arrays.stream(arguments).skip(1).map(Attack::valueOf).toList();
        var manifests = Files.createTempDirectory("adit-floods-");
        var failures = 0L;
        Program.prefer(ProcessHandle.current().pid(), 2);
        try (var origin = Origin.listen("127.0.0.1")) {
            Files.writeString(
                    manifests.resolve("web.yaml"),
                    MANIFESTS.formatted(origin.address().getPort()));
            for (var attack : attacks) {
                try (var adit = Adit.serving(manifests, "--h2c")) {
                    Program.prefer(adit.pid(), 1);
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
        var attacker = attacker(attack, adit.http());
        var during = ask(adit, length);
        var peak = resident(adit);
        attacker.toHandle().destroy(); // which leaves its output open
        var rounds = new String(attacker.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        attacker.waitFor();
        Thread.sleep(Duration.ofSeconds(5));
        var after = ask(adit, length);
        System.out.printf(
                Locale.ROOT,
                "%s: %s rounds; p99 %.2f ms quiet, %.2f ms during, %.2f ms 5 s after; RSS %.1f to %.1f MB; %s, %s, %s%n",
                attack,
                rounds,
                quiet.percentile(0.99),
                during.percentile(0.99),
                after.percentile(0.99),
                before,
                peak,
                quiet.tally(),
                during.tally(),
                after.tally());
        return during.tally().failures() + after.tally().failures();
    }

    private static Process attacker(Attack attack, int port) throws IOException {
        return Program.aside(Attack.class, attack.name(), Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
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
