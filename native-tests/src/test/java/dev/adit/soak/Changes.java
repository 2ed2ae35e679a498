package dev.adit.soak;

import java.io.IOException;
import java.time.Duration;

/** What operators and pods do to a cluster, one thing after the other. */
public final class Changes {
    private static final Duration PAUSE = Duration.ofMillis(500);

    private final World world;
    private final Tally tally;

    public Changes(World world, Tally tally) {
        this.world = world;
        this.tally = tally;
    }

    /** Three changes of endpoints, then one of a route or of a certificate. */
    public void make(int round) throws InterruptedException {
        try {
            if (round % 4 < 3) {
                world.endpoint(round / 2, round % 2 == 1);
            } else if (round % 8 == 3) {
                world.edit(round % World.HOSTS, "/path-" + round);
            } else {
                world.rotate(round, round / 8);
            }
            tally.done("changes");
        } catch (IOException e) {
            tally.failed("changes", e.getMessage());
        }
        Thread.sleep(PAUSE);
    }
}
