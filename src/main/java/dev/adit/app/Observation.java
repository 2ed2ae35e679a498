package dev.adit.app;

import dev.adit.config.ObservationOptions;
import dev.adit.observe.ExchangeObserver;
import dev.adit.observe.TrafficMeters;
import dev.adit.observe.series.RouteMeters;
import dev.adit.observe.series.RouteMetrics;
import dev.adit.observe.statistics.Statistics;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Everything that listens to requests: meters, statistics, the access log and traces. */
final class Observation {
    private final TrafficMeters traffic = new TrafficMeters();
    private final RouteMeters routes = new RouteMeters();
    private final Statistics statistics;

    Observation(Clock clock) {
        statistics = new Statistics(clock, Runtime.getRuntime().availableProcessors());
    }

    TrafficMeters traffic() {
        return traffic;
    }

    RouteMeters routes() {
        return routes;
    }

    Statistics statistics() {
        return statistics;
    }

    /**
     * Starts what is wanted, and gives what listens to the requests of one more event loop.
     *
     * @param running takes what has to be closed once the proxy is
     * @throws StartException if the file of the access log cannot be written
     */
    Supplier<ExchangeObserver> start(ObservationOptions options, Consumer<AutoCloseable> running)
            throws StartException {
        Supplier<ExchangeObserver> observers = traffic::register;
        if (options.statistics()) {
            statistics.start();
            running.accept(statistics);
            observers = both(observers, statistics::register);
        }
        if (options.metrics() != RouteMetrics.TOTALS) {
            observers = both(observers, routes.countBy(options.metrics())::register);
        }
        if (options.accessLog().isPresent()) {
            var log = new AccessLogFile(options.accessLog().get());
            traffic.lines(log.counts());
            running.accept(log);
            observers = both(observers, log::register);
        }
        if (options.traces().isPresent()) {
            var export = new TraceExport(options.traces().get());
            running.accept(export);
            observers = both(observers, export::register);
        }
        return observers;
    }

    private static Supplier<ExchangeObserver> both(
            Supplier<ExchangeObserver> first, Supplier<ExchangeObserver> second) {
        return () -> ExchangeObserver.of(first.get(), second.get());
    }
}
