package dev.adit.bench.footprint;

import dev.adit.bench.Figures;
import dev.adit.bench.Origin;
import dev.adit.bench.Running;
import dev.adit.bench.Scale;
import java.io.IOException;
import java.time.Duration;

/** What a subject holds in memory under load, and what TLS in bulk costs it. */
final class SteadyLoad {
    // 80 clients with 100 ms between two requests: about 750 requests a second, a fifth of them over TLS.
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int PLAIN_CLIENTS = 64;
    private static final int TLS_CLIENTS = 16;
    private static final int SAMPLES = 60;
    private static final Duration BULK = Duration.ofSeconds(10);
    private static final int BULK_CLIENTS = 4;

    private final Running running;
    private final Scale scale;
    private final Figures figures;
    private final String subject;

    SteadyLoad(Running running, Scale scale, Figures figures, String subject) {
        this.running = running;
        this.scale = scale;
        this.figures = figures;
        this.subject = subject;
    }

    void run(Duration duration) throws IOException, InterruptedException {
        running.untilServed(scale.lastHost());
        var plain = new Load.Plan(false, running.http(), scale.lastHost(), "/", PLAIN_CLIENTS, PAUSE);
        var tls = new Load.Plan(true, running.https(), scale.host(0), "/", TLS_CLIENTS, PAUSE);
        try (var load = new Load().with(plain).with(tls)) {
            sample(duration);
            figures.add(subject, "load failed", load.failed());
            figures.add(subject, "load rate", load.answered() / (double) duration.toSeconds());
        }
        bulk(new Load.Plan(true, running.https(), scale.host(0), "/large", BULK_CLIENTS, Duration.ZERO));
    }

    private void sample(Duration duration) throws InterruptedException {
        var resident = new double[SAMPLES];
        for (var i = 0; i < SAMPLES; i++) {
            Thread.sleep(duration.dividedBy(SAMPLES)); // the spacing of the samples
            resident[i] = running.residentMiB();
        }
        figures.add(subject, "resident load", resident[SAMPLES - 1]);
        figures.add(subject, "slope", slope(resident) * SAMPLES / (duration.toSeconds() / 3600.0));
    }

    /** Least squares over the second half, in units of one sample: the first is the warm-up. */
    private static double slope(double[] y) {
        var from = y.length / 2;
        var n = y.length - from;
        double sumX = 0;
        double sumY = 0;
        double sumXY = 0;
        double sumXX = 0;
        for (var x = 0; x < n; x++) {
            sumX += x;
            sumY += y[from + x];
            sumXY += x * y[from + x];
            sumXX += (double) x * x;
        }
        return (n * sumXY - sumX * sumY) / (n * sumXX - sumX * sumX);
    }

    private void bulk(Load.Plan plan) throws InterruptedException {
        try (var load = new Load().with(plan)) {
            Thread.sleep(BULK.dividedBy(3)); // warm
            var cpu = running.cpuSeconds();
            var answered = load.answered();
            Thread.sleep(BULK);
            var mebibytes = (load.answered() - answered) * (double) Origin.LARGE / (1 << 20);
            figures.add(subject, "bulk", mebibytes / (running.cpuSeconds() - cpu));
        }
    }
}
