package dev.adit.kube.watch;

import dev.adit.kube.kind.ServedKind;
import dev.adit.supervision.Tasks;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ExceptionHandler;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jboss.logging.Logger;

/**
 * Follows the kinds that an API server need not have, as those of the Gateway API, for as long as it has them. Whether it
 * has them is asked for again and again: to watch the definitions of kinds would take a permission for nothing else.
 */
final class OptionalKinds {
    private static final Logger LOG = Logger.getLogger(OptionalKinds.class);
    private static final Duration AGAIN = Duration.ofSeconds(10);
    private static final Duration UNKNOWN_YET = Duration.ofSeconds(1);
    // Looks without an answer until nobody is kept waiting any longer.
    private static final int PATIENCE = 10;
    // Looks in a row by which a kind is gone: one may have been a slip.
    private static final int GONE = 2;
    // Looks until what was refused is tried again: ten minutes.
    private static final int REFUSED = 60;

    private final List<ServedKind<?, ?>> kinds;
    private final Predicate<ServedKind<?, ?>> exists;
    private final Follower follower;
    private final Runnable known;
    private final ScheduledExecutorService timer;
    private final Map<ServedKind<?, ?>, Runnable> followed = new HashMap<>();
    private final Map<ServedKind<?, ?>, Integer> missed = new HashMap<>();
    private final Map<ServedKind<?, ?>, Integer> refused = new HashMap<>();
    private int unanswered;
    private boolean isToldOf;
    private volatile boolean isKnown;

    /** Begins to follow a kind. */
    @FunctionalInterface
    interface Follower {
        /**
         * Begins.
         *
         * @param failures told of a failure; says whether to go on trying
         * @return what ends it, and forgets its objects
         */
        Runnable follow(ServedKind<?, ?> kind, ExceptionHandler failures);
    }

    /**
     * Of one API server.
     *
     * @param exists asks it whether it has a kind; throws where it does not answer
     * @param known told once it has said of each kind whether it has it
     */
    OptionalKinds(
            List<ServedKind<?, ?>> kinds,
            Predicate<ServedKind<?, ?>> exists,
            Follower follower,
            Runnable known,
            ScheduledExecutorService timer) {
        this.kinds = kinds;
        this.exists = exists;
        this.follower = follower;
        this.known = known;
        this.timer = timer;
        this.isKnown = kinds.isEmpty();
    }

    void start() {
        if (!kinds.isEmpty()) {
            later(Duration.ZERO);
        }
    }

    /** Whether the API server has said which of them it has. Those are being followed then. */
    boolean isKnown() {
        return isKnown;
    }

    private void later(Duration pause) {
        if (!timer.isShutdown()) {
            Runnable again = () -> later(isKnown ? AGAIN : UNKNOWN_YET);
            var turn = Tasks.guarded(
                    "The look for kinds",
                    () -> {
                        look();
                        again.run();
                    },
                    again);
            var _ = timer.schedule(turn, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    void look() {
        try {
            for (var kind : kinds) {
                if (exists.test(kind)) {
                    missed.remove(kind);
                    begin(kind);
                } else if (missed.merge(kind, 1, Integer::sum) >= GONE) {
                    end(kind);
                }
            }
            unanswered = 0;
            becomesKnown();
        } catch (KubernetesClientException e) {
            unanswered(e);
        }
    }

    private void unanswered(KubernetesClientException e) {
        LOG.debugf("The API server does not say which kinds it has: %s", e.getMessage());
        if (WatchFailures.isForbidden(e) && !isToldOf) {
            isToldOf = true;
            LOG.warnf(
                    "No permission to ask the API server which kinds it has, so that those of the Gateway API are not served:"
                            + " bind the ClusterRole system:discovery to the service account");
        }
        if (WatchFailures.isForbidden(e) || ++unanswered >= PATIENCE) {
            becomesKnown();
        }
    }

    private void becomesKnown() {
        if (!isKnown) {
            isKnown = true;
            known.run();
        }
    }

    private synchronized void begin(ServedKind<?, ?> kind) {
        if (followed.containsKey(kind) || isPutOff(kind)) {
            return;
        }
        if (!refused.containsKey(kind)) {
            LOG.infof("%s: the API server has this kind, and its objects are followed", kind.kind());
        }
        followed.put(kind, follower.follow(kind, (isStarted, failure) -> goesOn(kind, isStarted, failure)));
    }

    /** Whether it was refused a while ago. */
    private boolean isPutOff(ServedKind<?, ?> kind) {
        var left = refused.getOrDefault(kind, 0);
        if (left > 1) {
            refused.put(kind, left - 1);
        }
        return left > 1;
    }

    private synchronized void end(ServedKind<?, ?> kind) {
        var end = followed.remove(kind);
        if (end != null) {
            LOG.infof(
                    "%s: the API server does not have this kind any more, and its objects are forgotten", kind.kind());
            end.run();
        }
    }

    /** Adit stops reading a kind that it has no permission for. That a kind is gone is left to the next look. */
    private boolean goesOn(ServedKind<?, ?> kind, boolean isStarted, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException client) {
                if (client.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                    return true;
                }
                if (!isStarted && WatchFailures.isForbidden(client)) {
                    refuse(kind);
                    return false;
                }
            }
        }
        LOG.warnf("Cannot follow %s: %s. What is known stays in force; trying again", kind.kind(), failure);
        return true;
    }

    private synchronized void refuse(ServedKind<?, ?> kind) {
        var end = followed.remove(kind);
        if (end != null) {
            if (refused.put(kind, REFUSED) == null) {
                LOG.warnf(
                        "No permission to list and watch %s, so that none is served. Apply the RBAC of this version's manifests",
                        kind.kind());
            }
            end.run();
        }
    }
}
