package dev.adit.neverdrop;

import dev.adit.soak.Tally;
import dev.adit.testbed.KiadaSuite;
import java.nio.file.Files;
import java.util.Locale;

/** Every scenario on a control plane of its own, under a steady load: {@code make never-drop}. */
public final class NeverDrop {
    private static final int PER_SECOND = 500;
    private static final long REQUESTS = Long.getLong("requests", 100_000);

    private NeverDrop() {}

    /** What came of one scenario. */
    public record Outcome(Scenario scenario, int times, Tally tally, double p99) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "| %s, %d× | %,d | %,d | %.1f ms |%s",
                    scenario.sentence(),
                    times,
                    tally.count(),
                    tally.failures(),
                    p99,
                    tally.failures() == 0 ? "" : " " + tally);
        }
    }

    /**
     * Lets something happen again and again.
     *
     * @param requests how many at least, whatever happens
     */
    public static Outcome run(KiadaSuite suite, Scenario scenario, int times, long requests) throws Exception {
        try (var load = new Requests(suite.address(), 80, "api.example.com", "/quote", PER_SECOND)) {
            for (var i = 0; i < times; i++) {
                scenario.happen(suite);
            }
            load.awaitCount(requests);
            load.close();
            return new Outcome(scenario, times, load.tally(), load.percentile(0.99));
        }
    }

    public static void main(String[] arguments) throws Exception {
        var failures = 0L;
        for (var argument : arguments) {
            var scenario = Scenario.valueOf(argument.substring(0, argument.indexOf('=')));
            var times = Integer.parseInt(argument.substring(argument.indexOf('=') + 1));
            var files = Files.createTempDirectory("adit-never-drop-");
            try (var suite = KiadaSuite.install(files)) {
                suite.cluster().kubectl("-n", "kiada", "scale", "deployment/quote", "--replicas=3");
                suite.cluster().rolledOut("kiada", "deployment/quote");
                var outcome = run(suite, scenario, times, REQUESTS);
                System.out.println(outcome);
                failures += outcome.tally().failures();
            }
        }
        System.exit(failures == 0 ? 0 : 1);
    }
}
