package dev.adit.neverdrop;

import dev.adit.bench.Origin;
import dev.adit.testbed.H2cOrigin;
import dev.adit.testbed.HintingOrigin;
import dev.adit.testbed.Ports;
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
    private static final int PER_SECOND_BESIDE = 50;
    // What a pod of 512 Mi gets.
    private static final int HEAP_MIB = Integer.getInteger("adit.heap", 256);
    private static final int STREAMS = 100;

    private Floods() {}

    /** Arguments: how many seconds each lasts, and the attacks, of which there are all without any. */
    public static void main(String[] arguments) throws Exception {
        var length = Duration.ofSeconds(Integer.parseInt(arguments[0]));
        var attacks = arguments.length == 1
                ? List.of(Attack.values())
                : Arrays.stream(arguments).skip(1).map(Attack::valueOf).toList();
        var failures = 0L;
        Program.prefer(ProcessHandle.current().pid(), 2);
        var hintsPort = Ports.free();
        // The attacker's own, and so no part of what goes first.
        var hints = Program.aside(HintingOrigin.class, Integer.toString(hintsPort))
                .redirectErrorStream(true)
                .start();
        try (var origin = Origin.listen("127.0.0.1");
                var h2c = new H2cOrigin(STREAMS)) {
            var origins = new Attacked.Origins(origin.address().getPort(), h2c.port(), hintsPort);
            for (var attack : attacks) {
                try (var adit = Attacked.adit(Files.createTempDirectory("adit-floods-"), origins, HEAP_MIB)) {
                    failures += run(attack, "Adit", adit, length);
                }
                try (var nginx = Attacked.nginx(Files.createTempDirectory("adit-floods-"), origins)) {
                    run(attack, "nginx", nginx, length);
                }
            }
        } finally {
            hints.destroy();
        }
        System.exit(failures == 0 ? 0 : 1);
    }

    private static long run(Attack attack, String name, Attacked attacked, Duration length) throws Exception {
        for (var pid : attacked.pids()) {
            Program.prefer(pid, 1);
        }
        ask(attack, attacked, length); // the first requests pay for what all others use
        if ("jvm".equals(System.getProperty("subject")) && name.equals("Adit")) {
            warm(attack, attacked);
        }
        var quiet = ask(attack, attacked, length);
        var before = resident(attacked);
        var attacker = attacker(attack, attacked);
        var during = ask(attack, attacked, length);
        var peak = resident(attacked);
        attacker.toHandle().destroy(); // which leaves its output open
        var rounds = new String(attacker.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        attacker.waitFor();
        Thread.sleep(Duration.ofSeconds(5));
        var after = ask(attack, attacked, length);
        System.out.printf(
                Locale.ROOT,
                "%s, %s: %s rounds; p99 %s quiet, %s during, %s 5 s after; RSS %.1f to %.1f MB; %s, %s, %s%n",
                attack,
                name,
                rounds,
                quiet.p99(),
                during.p99(),
                after.p99(),
                before,
                peak,
                quiet.tally(),
                during.tally(),
                after.tally());
        return during.failures() + after.failures();
    }

    /** A JVM compiles what it runs often, and what an attack runs nobody else does. */
    private static void warm(Attack attack, Attacked attacked) throws Exception {
        var attacker = attacker(attack, attacked);
        Thread.sleep(Duration.ofSeconds(5));
        attacker.toHandle().destroy();
        attacker.waitFor();
        Thread.sleep(Duration.ofSeconds(5));
    }

    /** What clients of the host that is attacked notice, and those of another one. */
    private record Noticed(Requests attacked, Requests beside) {
        String p99() {
            return String.format(Locale.ROOT, "%.2f/%.2f ms", attacked.percentile(0.99), beside.percentile(0.99));
        }

        String tally() {
            return attacked.tally() + " / " + beside.tally();
        }

        long failures() {
            return attacked.tally().failures() + beside.tally().failures();
        }
    }

    private static Process attacker(Attack attack, Attacked attacked) throws IOException {
        var port = attack.isHttp2() ? attacked.http2() : attacked.http();
        return Program.aside(Attack.class, attack.name(), Integer.toString(port))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Noticed ask(Attack attack, Attacked asked, Duration length) throws InterruptedException {
        var attacked = new Requests("127.0.0.1", asked.http(), attack.host(), "/", PER_SECOND);
        var beside = new Requests("127.0.0.1", asked.http(), "b.test", "/", PER_SECOND_BESIDE);
        Thread.sleep(length);
        attacked.close();
        beside.close();
        return new Noticed(attacked, beside);
    }

    private static double resident(Attacked attacked) throws IOException {
        var sum = 0.0;
        for (var pid : attacked.pids()) {
            sum += resident(pid);
        }
        return sum;
    }

    private static double resident(long pid) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(pid), "status"))
                        .lines()
                        .filter(line -> line.startsWith("VmRSS:"))
                        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                        .findFirst()
                        .orElseThrow()
                / 1024.0;
    }
}
