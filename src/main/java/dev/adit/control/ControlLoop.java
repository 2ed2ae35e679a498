package dev.adit.control;

import dev.adit.collection.Multimap;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem;
import dev.adit.kube.source.SnapshotSource;
import dev.adit.kube.source.SnapshotSource.Changes;
import dev.adit.match.Generation;
import dev.adit.match.RouteIndex;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.supervision.Supervised;
import dev.adit.translate.Translation;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jboss.logging.Logger;

/** The one thread that turns changes into published generations. */
public final class ControlLoop implements ControlView, AutoCloseable {
    private static final Logger LOG = Logger.getLogger(ControlLoop.class);

    // One that fails each time costs a whole translation as often.
    private static final Duration AGAIN = Duration.ofMinutes(1);

    private final SnapshotSource source;
    private final Translator translator;
    private final List<BiConsumer<KubeSnapshot, ControlState>> listeners;
    private final Clock clock;
    private final Semaphore changes = new Semaphore(0);
    private final Supervised thread = new Supervised("adit-control", this::turn);
    private volatile ControlState state = ControlState.INITIAL;
    private final AtomicBoolean recheck = new AtomicBoolean();
    private final Multimap<ObjectKey, UpstreamId> upstreamsOf = new Multimap<>(HashMap::new);
    private KubeSnapshot snapshot = KubeSnapshot.EMPTY;
    private boolean hasUnreadable;
    private long unreadableSince;

    /**
     * @param listeners called in order on the control thread after each publication; they must not block
     */
    public ControlLoop(
            SnapshotSource source,
            Translator translator,
            List<BiConsumer<KubeSnapshot, ControlState>> listeners,
            Clock clock) {
        this.source = source;
        this.translator = translator;
        this.listeners = List.copyOf(listeners);
        this.clock = clock;
    }

    public void start() {
        thread.start();
        source.start(changes::release);
    }

    /** Translates anew although no object has changed: time has. */
    public void recheck() {
        recheck.set(true);
        changes.release();
    }

    @Override
    public ControlState state() {
        return state;
    }

    public Generation generation() {
        return state.generation();
    }

    @Override
    public boolean isDraining() {
        return false;
    }

    @Override
    public boolean isListening() {
        return true;
    }

    @Override
    public boolean isAlive() {
        return thread.isAlive() && source.isAlive();
    }

    @Override
    public void close() {
        source.close();
        thread.close();
    }

    private void turn() throws InterruptedException {
        await();
        // Whatever else changed meanwhile is part of the same snapshot.
        changes.drainPermits();
        try {
            reconcile();
        } catch (Throwable e) {
            // The published generation stays. What has changed is forgotten by now, and half of it may have been noted.
            recheck();
            throw e;
        }
    }

    /** Returns with the next change, or when it is time to look once more at what could not be read. */
    private void await() throws InterruptedException {
        if (!hasUnreadable) {
            changes.acquire();
            return;
        }
        var left = unreadableSince + AGAIN.toNanos() - System.nanoTime();
        if (left <= 0 || !changes.tryAcquire(left, TimeUnit.NANOSECONDS)) {
            recheck();
        }
    }

    private void reconcile() {
        // Before the first full read a table would lack routes, and requests would meet a 404 that is not true.
        if (!source.isSynced()) {
            return;
        }
        // Taken in any case: everything is more than they are, and a source may wait to be asked.
        var taken = source.takeChanges();
        var changed = recheck.getAndSet(false) ? new Changes.Everything() : taken;
        if (!state.synced() || !publish(changed)) {
            snapshot = source.snapshot();
            var translation = translator.translate(snapshot, source);
            if (source.isAwaiting() && (!state.synced() || state.stale())) {
                recheck.set(true); // all of it once more, when what it lacks is there
                return;
            }
            publish(translation);
            tell();
        }
    }

    /** What could not be read may have lacked memory that was somebody else's: it is looked at again after a while. */
    private void noteUnreadable(Translation translation, boolean isWhole) {
        var has = translation.problems().stream().anyMatch(problem -> problem.reason() == Problem.Reason.UNREADABLE);
        if (isWhole || !hasUnreadable) {
            unreadableSince = System.nanoTime();
        }
        hasUnreadable = has;
    }

    /** Each of them, whatever becomes of the others. */
    private void tell() {
        Throwable failure = null;
        for (var listener : listeners) {
            try {
                listener.accept(snapshot, state);
            } catch (Throwable e) {
                failure = e;
            }
        }
        if (failure != null) {
            throw new IllegalStateException("what was published could not be told to all", failure);
        }
    }

    /** Whether these could be published without a look at everything. */
    private boolean publish(Changes changes) {
        return switch (changes) {
            case Changes.Everything _ -> false;
            case Changes.Endpoints(var services) -> {
                publishEndpoints(services);
                yield true;
            }
            case Changes.Named objects -> {
                var patch = patch(objects);
                patch.ifPresent(found -> {
                    publish(found);
                    publishEndpoints(objects.endpoints());
                    tell();
                });
                yield patch.isPresent();
            }
        };
    }

    private Optional<Delta> patch(Changes.Named objects) {
        try {
            return translator.translate(objects, source, state.translation());
        } catch (Throwable e) {
            LOG.errorf(e, "A change could not be applied by itself: everything is looked at");
            return Optional.empty();
        }
    }

    private void publish(Delta patch) {
        var translation = patch.translation();
        var generation = patch.applyTo(state.generation());
        state = new ControlState(generation, translation, true, source.isStale(), clock.instant());
        patch.upstreams().forEach(this::link);
        noteUnreadable(translation, false);
    }

    private void link(UpstreamId upstream) {
        upstreamsOf.put(new ObjectKey(upstream.namespace(), upstream.service()), upstream);
    }

    /** What pods do changes no route, no certificate and no problem: only these upstreams are looked at. */
    private void publishEndpoints(Set<ObjectKey> services) {
        var current = state;
        var upstreams = services.stream()
                .flatMap(service -> upstreamsOf.get(service).stream())
                .toList();
        if (upstreams.isEmpty()) {
            return;
        }
        var found = translator.endpoints(upstreams, source::slicesOf);
        if (!found.keySet().containsAll(upstreams)) {
            recheck(); // it takes a whole translation to say why
        }
        var endpoints = current.translation().endpoints().with(found);
        var translation = current.translation().with(endpoints);
        state = new ControlState(
                current.generation().with(endpoints), translation, true, source.isStale(), clock.instant());
    }

    private void publish(Translation translation) {
        var current = state;
        var unchanged = current.synced()
                && translation.table().equals(current.translation().table());
        var generation = unchanged
                ? current.generation().with(translation.endpoints())
                : new Generation(
                        current.generation().number() + 1,
                        translation.table(),
                        RouteIndex.compile(translation.table()),
                        translation.endpoints());
        state = new ControlState(generation, translation, true, source.isStale(), clock.instant());
        upstreamsOf.clear();
        translation.endpoints().endpoints().forEach((upstream, _) -> link(upstream));
        noteUnreadable(translation, true);
    }
}
