package dev.adit.observe.log;

import dev.adit.observe.ExchangeObserver;
import dev.adit.observe.Finished;
import dev.adit.observe.FinishedTunnel;
import dev.adit.observe.LineCounts;
import dev.adit.routing.Route;
import dev.adit.routing.policy.LogLine;
import dev.adit.routing.policy.Unlogged;
import dev.adit.supervision.RepeatedWarning;
import dev.adit.supervision.Supervised;
import java.io.IOException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.ToLongFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The access log of all event loops. */
public final class AccessLog implements LineCounts, AutoCloseable {
    // Some thousand lines: what 40,000 requests a second write in the time that another thread may have the processor.
    private static final int RING_BYTES = 1 << 20;
    private static final long PAUSE = Duration.ofMillis(50).toNanos();
    private static final long IDLE_PAUSE = Duration.ofSeconds(1).toNanos();
    private static final int PAUSES_UNTIL_IDLE = 20;
    private static final long LAST_MILLIS = 2_000;

    private static final Logger LOG = Logger.getLogger(AccessLog.class);
    private static final int MOST_FORMATS = 64;
    private static final int MOST_TOLD = 100;

    private final AccessLogOptions options;
    private final LogFile file;
    private final List<LineRing> rings = new CopyOnWriteArrayList<>();
    private final Supervised thread = new Supervised("adit-access-log", this::turn);
    private volatile @Nullable Thread writer;
    private volatile boolean idle;
    private volatile boolean reopens;
    private int pauses;
    private final RepeatedWarning tooMany = new RepeatedWarning();
    private final RepeatedWarning unwritable = new RepeatedWarning();
    private final RepeatedWarning unmovable = new RepeatedWarning();
    private final Set<String> told = ConcurrentHashMap.newKeySet();
    private final ReentrantLock writing = new ReentrantLock();
    private long failures;
    private long failedAt;

    /** Nothing is written before it is started. */
    public AccessLog(AccessLogOptions options) {
        this.options = options;
        this.file = new LogFile(options);
    }

    /**
     * Opens the file.
     *
     * @throws IOException where it cannot be written
     */
    public void start() throws IOException {
        file.open();
        thread.start();
    }

    /** What writes the lines of one more event loop. */
    public ExchangeObserver register() {
        var ring = new LineRing(RING_BYTES);
        rings.add(ring);
        return new Loop(ring);
    }

    @Override
    public long lines() {
        return sum(LineRing::lines);
    }

    @Override
    public long lost() {
        return sum(LineRing::dropped) + sum(LineRing::unwritten);
    }

    private long sum(ToLongFunction<LineRing> number) {
        return rings.stream().mapToLong(number).sum();
    }

    /** Has the file opened again, which somebody has moved away. */
    public void reopen() {
        reopens = true;
        LockSupport.unpark(writer);
    }

    private void turn() {
        writer = Thread.currentThread();
        writing.lock();
        try {
            pauses = isWritten() ? 0 : pauses + 1;
        } finally {
            writing.unlock();
        }
        tooMany.warn(
                sum(LineRing::dropped),
                "lines of the access log are lost: they came faster than they could be written");
        pause();
    }

    /** Takes all lines to the file; whether there were any. */
    private boolean isWritten() {
        try {
            if (reopens) {
                reopens = false;
                file.reopen();
            }
            var any = false;
            for (var ring : rings) {
                any |= ring.drainTo(file);
            }
            if (any) {
                rotate();
            }
            return any;
        } catch (IOException e) {
            unwritable.warn(sum(LineRing::unwritten), "lines of the access log are lost: they cannot be written: " + e);
            return true;
        }
    }

    /** What fails is tried again only after a while: with every batch it would be in the way of the lines. */
    private void rotate() {
        var now = System.nanoTime();
        if (failures > 0 && now - failedAt < RepeatedWarning.PAUSE) {
            return;
        }
        try {
            file.rotate();
        } catch (IOException e) {
            failedAt = now;
            unmovable.warn(++failures, "the file of the access log cannot be put aside, and grows: " + e);
        }
    }

    /** A moment, so that many lines are written at once; a longer one where no line comes. */
    private void pause() {
        idle = pauses > PAUSES_UNTIL_IDLE;
        // A line that comes right now may not see that nobody is awake, and waits for the end of it.
        LockSupport.parkNanos(idle ? IDLE_PAUSE : PAUSE);
        idle = false;
    }

    /** Each event loop reads the same format. */
    private void warn(String wrong) {
        if (told.size() < MOST_TOLD && told.add(wrong)) {
            LOG.warnf("log-format-upstream of the ConfigMap: %s; lines are written without it", wrong);
        }
    }

    /** Once no request ends any more. Where the output takes nothing, what is left is lost. */
    @Override
    public void close() throws IOException {
        thread.close();
        try {
            if (writing.tryLock(LAST_MILLIS, TimeUnit.MILLISECONDS)) {
                try {
                    var _ = isWritten();
                    file.close();
                } finally {
                    writing.unlock();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Of one event loop, on its thread. */
    private final class Loop implements ExchangeObserver {
        private final LineRing ring;
        private final Line line = new Line(new Moment(ZoneId.systemDefault()));
        private final Map<LogLine, LineFormat> formats = new HashMap<>();
        private int left;

        Loop(LineRing ring) {
            this.ring = ring;
        }

        @Override
        public void finished(Finished request) {
            var route = request.route();
            if (isUnlogged(route, request) || !options.selection().has(request) || !isDrawn()) {
                return;
            }
            begin();
            format(route).write(request, line);
            end();
        }

        @Override
        public void ended(FinishedTunnel tunnel) {
            if (options.selection().has(tunnel) && isDrawn()) {
                begin();
                options.format().write(tunnel, line);
                end();
            }
        }

        private void begin() {
            line.clear();
            line.now().is(System.currentTimeMillis());
        }

        private void end() {
            ring.add(line.bytes(), line.length());
            if (idle || ring.isFilling()) {
                LockSupport.unpark(writer);
            }
        }

        private static boolean isUnlogged(@Nullable Route route, Finished request) {
            var unlogged = route == null ? null : route.policy(Unlogged.class).orElse(null);
            return unlogged != null && (unlogged.targets().isEmpty() || isOneOf(unlogged.targets(), request.target()));
        }

        /** As nginx compares them, whatever their case. */
        private static boolean isOneOf(List<String> targets, String target) {
            for (var one : targets) {
                if (one.equalsIgnoreCase(target)) {
                    return true;
                }
            }
            return false;
        }

        private LineFormat format(@Nullable Route route) {
            if (route == null || options.ofRoutes().isEmpty()) {
                return options.format();
            }
            var chosen = route.policy(LogLine.class).orElse(null);
            return chosen == null
                    ? options.format()
                    : format(chosen, options.ofRoutes().get());
        }

        private LineFormat format(LogLine chosen, Queries queries) {
            var known = formats.get(chosen);
            if (known == null) {
                if (formats.size() >= MOST_FORMATS) {
                    formats.clear(); // of tables that are gone
                }
                known = LineFormat.of(chosen, queries, AccessLog.this::warn);
                formats.put(chosen, known);
            }
            return known;
        }

        @Override
        public Optional<List<String>> heads() {
            return Optional.of(options.format().fields());
        }

        private boolean isDrawn() {
            if (left > 0) {
                left--;
                return false;
            }
            left = options.selection().oneOf() - 1;
            return true;
        }
    }
}
