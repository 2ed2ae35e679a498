package dev.adit.testbed;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports for programs that take one as an option. They lie below the range that the kernel uses for outgoing connections:
 * a test class that runs at the same time could take such a port between its choice and the start of the program. And
 * they end below 20,000, where those of the clusters begin, which are chosen by {@code testbed/cluster}.
 */
public final class Ports {
    private static final int FIRST = 10_000;
    private static final int COUNT = 10_000;
    // The applications of `adit demo` have ports of their own in this hundred, whoever runs a demo at the same time.
    private static final int DEMO = 181;
    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    private Ports() {}

    /** One that nobody listens on, and that was not given to anybody before. */
    public static int free() throws IOException {
        for (var tries = 0; tries < COUNT; tries++) {
            var port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (port / 100 == DEMO) {
                continue;
            }
            try (var free = new ServerSocket(port)) {
                return free.getLocalPort();
            } catch (IOException _) {
                // Taken: the next one.
            }
        }
        throw new IOException("no port from %d on is free".formatted(FIRST));
    }
}
