package dev.adit.neverdrop;

import dev.adit.soak.Held;
import dev.adit.soak.Tally;
import dev.adit.soak.World;
import dev.adit.testbed.TlsClient;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;

/** Edits of routes with tunnels and streams open, then rotations of certificates under handshakes: {@code make edits}. */
public final class Edits {
    private static final int PER_SECOND = 500;

    private Edits() {}

    /** Arguments: tunnels, streams, edits, rotations, and how many requests there are at least during each. */
    public static void main(String[] arguments) throws Exception {
        var requests = Long.parseLong(arguments[4]);
        var failures = 0L;
        try (var world = new World("--h2c")) {
            failures += edits(
                    world,
                    Integer.parseInt(arguments[0]),
                    Integer.parseInt(arguments[1]),
                    Integer.parseInt(arguments[2]),
                    requests);
            failures += rotations(world, Integer.parseInt(arguments[3]), requests);
        }
        System.exit(failures == 0 ? 0 : 1);
    }

    private static long edits(World world, int tunnels, int streams, int edits, long requests) throws Exception {
        try (var held = new Held(world, tunnels, streams);
                var load = new Requests("127.0.0.1", world.adit().http(), World.host(1), "/", PER_SECOND)) {
            var broken = 0;
            for (var i = 0; i < edits; i++) {
                world.edit(i % World.HOSTS, "/edit-" + i);
                broken += held.echoes(i) ? 0 : 1;
            }
            await(load.tally(), requests);
            load.close();
            var open = held.open();
            var said = held.streams();
            System.out.printf(
                    "%d edits: %d of %d tunnels open, %d broken meanwhile; streams: %s; %s, p99 %.1f ms%n",
                    edits, open, tunnels, broken, said, load.tally(), load.percentile(0.99));
            return load.tally().failures() + (tunnels - open) + (said.startsWith("open " + streams + " ") ? 0 : 1);
        }
    }

    private static long rotations(World world, int rotations, long requests) throws Exception {
        var handshakes = new Tally();
        var host = World.host(0);
        try (var load = new Requests("127.0.0.1", world.adit().https(), host, "/", PER_SECOND, true)) {
            var sessions = new Sessions(world.adit().https(), host, handshakes);
            for (var i = 1; i <= rotations; i++) {
                world.rotate(0, i);
                sessions.handshakes(20);
            }
            await(load.tally(), requests);
            load.close();
            System.out.printf(
                    "%d rotations: %s, p99 %.1f ms; handshakes %s, %d certificates were seen%n",
                    rotations, load.tally(), load.percentile(0.99), handshakes, sessions.certificates());
            return load.tally().failures() + handshakes.failures();
        }
    }

    private static void await(Tally tally, long requests) throws InterruptedException {
        while (tally.count() + tally.failures() < requests) {
            Thread.sleep(Duration.ofMillis(100));
        }
    }

    /** Handshakes for one host, every second one with a session to resume. */
    private static final class Sessions {
        private final int port;
        private final String host;
        private final Tally tally;
        private final java.util.Set<java.math.BigInteger> serials = new java.util.HashSet<>();

        Sessions(int port, String host, Tally tally) {
            this.port = port;
            this.host = host;
            this.tally = tally;
        }

        void handshakes(int number) {
            for (var i = 0; i < number; i++) {
                var kind = i % 2 == 0 ? "full" : "resumable";
                try {
                    var answer = i % 2 == 0
                            ? TlsClient.get("127.0.0.1", port, host, "/")
                            : TlsClient.resuming("127.0.0.1", port, host, "/");
                    serials.add(answer.certificate().getSerialNumber());
                    if (answer.response().startsWith("HTTP/1.1 200 ")) {
                        tally.done(kind);
                    } else {
                        tally.failed(kind, answer.response().lines().findFirst());
                    }
                } catch (IOException | GeneralSecurityException e) {
                    tally.failed(kind, e.getMessage());
                }
            }
        }

        int certificates() {
            return serials.size();
        }
    }
}
