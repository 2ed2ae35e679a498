package dev.adit.kube.watch;

import dev.adit.supervision.Tasks;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.dsl.Listable;
import io.fabric8.kubernetes.client.informers.cache.Cache;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Holds back what a new list of one kind leaves out. Where that is all of it, or most, the API server is asked twice more
 * before anything goes: it may just have been restored, or not have read everything itself. What a watch says has been
 * deleted goes at once.
 */
final class RelistGuard {
    private static final Logger LOG = Logger.getLogger(RelistGuard.class);
    private static final int FEW = 10;
    private static final int LOOKS = 2;

    /**
     * How long to wait.
     *
     * @param settle until a list has told everything that it leaves out
     * @param look before the API server is asked again
     */
    record Pauses(Duration settle, Duration look) {
        static final Pauses DEFAULT = new Pauses(Duration.ofMillis(20), Duration.ofSeconds(3));
    }

    private final String kind;
    private final Supplier<Set<String>> present;
    private final ScheduledExecutorService timer;
    private final Pauses pauses;
    private final Set<String> leaving = new LinkedHashSet<>();
    private Consumer<String> forget = _ -> {};
    private IntSupplier size = () -> 0;
    private long relistedAt;
    private boolean isHeld;

    /**
     * For one kind.
     *
     * @param present the keys that the API server has, by a list of their own
     */
    RelistGuard(String kind, Supplier<Set<String>> present, ScheduledExecutorService timer, Pauses pauses) {
        this.kind = kind;
        this.present = present;
        this.timer = timer;
        this.pauses = pauses;
    }

    /** For one kind, or null where it is one object alone. */
    static @Nullable RelistGuard of(
            String name, Informable<?> kind, PageSize pageSize, ScheduledExecutorService timer) {
        return kind instanceof Listable<?> listable
                ? new RelistGuard(name, () -> keys(listable, pageSize), timer, Pauses.DEFAULT)
                : null;
    }

    /** Of a list that is read from what the API server has stored, not from what it remembers. */
    private static Set<String> keys(Listable<?> kind, PageSize pageSize) {
        while (true) {
            try {
                return keys(kind, pageSize.size());
            } catch (RuntimeException e) {
                if (!PageBound.ExceededException.isCauseOf(e)) {
                    throw e;
                }
                pageSize.shrink();
            }
        }
    }

    private static Set<String> keys(Listable<?> kind, long pageSize) {
        var keys = new HashSet<String>();
        var next = "";
        do {
            var page = (KubernetesResourceList<?>) kind.list(new ListOptionsBuilder()
                    .withLimit(pageSize)
                    .withContinue(next.isEmpty() ? null : next)
                    .build());
            page.getItems().forEach(item -> keys.add(Cache.metaNamespaceKeyFunc(item)));
            var more = page.getMetadata() == null ? null : page.getMetadata().getContinue();
            next = more == null ? "" : more;
        } while (!next.isEmpty());
        return keys;
    }

    /** For one store, which has so many entries and forgets one for good. */
    synchronized void guard(IntSupplier entries, Consumer<String> forgetting) {
        size = entries;
        forget = forgetting;
    }

    /** The client looks through all entries: that is how it begins to remove what a list left out. */
    synchronized void relisted() {
        relistedAt = System.nanoTime();
    }

    /** Whether an entry that is to be removed stays for now. */
    synchronized boolean holds(String key) {
        var now = System.nanoTime();
        // It removes them in one go; relistedAt is 0 where there was no list yet.
        if (relistedAt == 0 || now - relistedAt > pauses.settle().toNanos() * 5) {
            leaving.remove(key);
            return false;
        }
        relistedAt = now;
        if (leaving.isEmpty()) {
            after(pauses.settle(), this::decide);
        }
        leaving.add(key);
        return true;
    }

    /** It is there after all. */
    synchronized void isBack(String key) {
        leaving.remove(key);
    }

    private void decide() {
        Set<String> gone;
        synchronized (this) {
            if (isHeld) {
                return; // they are being asked for
            }
            if (System.nanoTime() - relistedAt < pauses.settle().toNanos()) {
                after(pauses.settle(), this::decide);
                return;
            }
            var all = size.getAsInt();
            var most = leaving.size() >= FEW ? leaving.size() * 2 > all : leaving.size() >= all;
            if (most && !leaving.isEmpty()) {
                isHeld = true;
                LOG.warnf(
                        "A list of %s leaves out %d of %d that were there: they stay until the API server has said so twice"
                                + " more",
                        kind, leaving.size(), all);
                after(pauses.look(), () -> look(1));
                return;
            }
            gone = take();
        }
        forget(gone);
    }

    private void look(int number) {
        Set<String> there;
        try {
            there = present.get();
        } catch (RuntimeException e) {
            LOG.warnf("Cannot ask for %s again: %s. What is known stays in force", kind, e.getMessage());
            after(pauses.look(), () -> look(number));
            return;
        }
        Set<String> gone;
        synchronized (this) {
            leaving.removeAll(there);
            if (number < LOOKS && !leaving.isEmpty()) {
                after(pauses.look(), () -> look(number + 1));
                return;
            }
            isHeld = false;
            gone = take();
        }
        LOG.warnf("%d of %s are gone indeed", gone.size(), kind);
        forget(gone);
    }

    /** Those that are left over when one fails are tried again with it. */
    private void forget(Set<String> gone) {
        var left = new LinkedHashSet<>(gone);
        try {
            for (var key : gone) {
                forget.accept(key);
                left.remove(key);
            }
        } finally {
            synchronized (this) {
                leaving.addAll(left);
            }
        }
    }

    private Set<String> take() {
        var taken = new LinkedHashSet<>(leaving);
        leaving.clear();
        return taken;
    }

    private void after(Duration pause, Runnable task) {
        if (!timer.isShutdown()) {
            // What is not decided now would never be: only the first one that leaves begins to wait.
            var guarded = Tasks.guarded("The list of " + kind, task, () -> after(pauses.look(), task));
            var _ = timer.schedule(guarded, pause.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
