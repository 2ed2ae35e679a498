package dev.adit.observe.statistics;

import dev.adit.observe.ExchangeObserver;
import dev.adit.supervision.Supervised;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** The golden signals of all requests, of each route and of each endpoint, in a bounded amount of memory. */
public final class Statistics implements AutoCloseable {
    private static final long STEP = Duration.ofSeconds(2).toNanos();
    private static final int STEPS_OF_SLOT =
            (int) (Duration.ofSeconds(History.SLOT_SECONDS).toNanos() / STEP);
    /** How many slots pass until event loops look routes up again. */
    static final int SLOTS_OF_PERIOD = 6;

    private static final int MOST_REQUESTS = 50;

    private final Clock clock;
    private final LongSupplier nanoTime;
    private final Subject total;
    private final Subjects<RouteKey> routes;
    private final Subjects<EndpointKey> endpoints;
    private final List<LoopStatistics> loops = new CopyOnWriteArrayList<>();
    private final Trend trend = new Trend();
    private final Supervised thread = new Supervised("adit-statistics", this::await);
    private volatile long period;
    private long steppedAt;
    private long steps;

    /**
     * Nothing is counted yet.
     *
     * @param mostLoops the number of event loops
     */
    public Statistics(Clock clock, int mostLoops) {
        this(clock, System::nanoTime, mostLoops);
    }

    Statistics(Clock clock, LongSupplier nanoTime, int mostLoops) {
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.total = new Subject(mostLoops, 0, nanoTime.getAsLong());
        this.routes = new Subjects<>(mostLoops, RouteKey.OTHERS, nanoTime.getAsLong());
        this.endpoints = new Subjects<>(mostLoops, EndpointKey.OTHERS, nanoTime.getAsLong());
        this.steppedAt = nanoTime.getAsLong();
    }

    /** Has the windows move. */
    public void start() {
        thread.start();
    }

    /** Counts for one more event loop. */
    public synchronized ExchangeObserver register() {
        var number = loops.size();
        var loop = new LoopStatistics(this, number, total.tally(number));
        loops.add(loop);
        return loop;
    }

    /** Whether requests are counted. */
    public boolean isRunning() {
        return thread.isAlive();
    }

    private void await() throws InterruptedException {
        var left = steppedAt + STEP - nanoTime.getAsLong();
        if (left > 0) {
            TimeUnit.NANOSECONDS.sleep(left);
        } else {
            step();
        }
    }

    /** Ends two seconds, and a slot after five of these. A machine that was asleep goes on from where it is. */
    void step() {
        var now = nanoTime.getAsLong();
        trend.turn(clock.instant(), total.total(), seconds(now - steppedAt));
        steppedAt = now;
        if (++steps % STEPS_OF_SLOT == 0) {
            var slot = steps / STEPS_OF_SLOT - 1;
            total.turn(slot, now);
            routes.turn(slot, now);
            endpoints.turn(slot, now);
            period = slot / SLOTS_OF_PERIOD;
        }
    }

    private static double seconds(long nanos) {
        return (double) nanos / Duration.ofSeconds(1).toNanos();
    }

    /** Changes once a minute, so that event loops look routes up again. */
    long period() {
        return period;
    }

    Subjects<RouteKey> routes() {
        return routes;
    }

    Subjects<EndpointKey> endpoints() {
        return endpoints;
    }

    /** Of all requests. */
    public Signals total(Window window) {
        return total.signals(window, nanoTime.getAsLong());
    }

    /** The routes that have had requests within the last hour, and what stands for requests without a route. */
    public Set<RouteKey> activeRoutes() {
        return routes.keys();
    }

    public Signals of(RouteKey route, Window window) {
        return routes.signals(route, window, nanoTime.getAsLong());
    }

    /** The endpoints that have had requests within the last hour. */
    public Set<EndpointKey> activeEndpoints() {
        return endpoints.keys();
    }

    public Signals of(EndpointKey endpoint, Window window) {
        return endpoints.signals(endpoint, window, nanoTime.getAsLong());
    }

    /** The last quarter of an hour, oldest first. */
    public List<TrendPoint> trend() {
        return trend.points();
    }

    /** Requests that got a server error or were broken off, newest first. */
    public List<RecentRequest> failed() {
        return requests(
                LoopRequests::failed, Comparator.comparing(RecentRequest::at).reversed());
    }

    /** The slowest requests of the last five minutes, slowest first. */
    public List<RecentRequest> slowest() {
        var since = clock.instant().minus(LoopRequests.KEPT);
        return requests(
                loop -> loop.slowest().filter(request -> request.at().isAfter(since)),
                Comparator.comparingLong(RecentRequest::nanos).reversed());
    }

    private List<RecentRequest> requests(
            Function<LoopRequests, Stream<RecentRequest>> which, Comparator<RecentRequest> order) {
        return loops.stream()
                .flatMap(loop -> which.apply(loop.requests()))
                .sorted(order)
                .limit(MOST_REQUESTS)
                .toList();
    }

    @Override
    public void close() {
        thread.close();
    }
}
