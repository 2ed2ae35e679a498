package dev.adit.kube.watch;

import dev.adit.kube.kind.ServedKind;
import dev.adit.supervision.Tasks;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private final List<ServedKind<?, ?>> kinds;
    private final Predicate<ServedKind<?, ?>> exists;
    private final Follower follower;
    private final Runnable known;
    private final ScheduledExecutorService timer;
    private final Map<ServedKind<?, ?>, Runnable> followed = new HashMap<>();
    private final Set<ServedKind<?, ?>> refused = new HashSet<>();
    private volatile boolean isKnown;

    /** Begins to follow a kind. */
    @FunctionalInterface
    interface Follower {
        /**
         * Begins.
         *
         * @param failed told of a failure; says whether to go on trying
         * @return what ends it, and forgets its objects
         */
        Runnable follow(ServedKind<?, ?> kind, Predicate<Throwable> failed);
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
                    begin(kind);
                } else {
                    end(kind, "the API server does not have this kind any more");
                }
            }
            if (!isKnown) {
                isKnown = true;
                known.run();
            }
        } catch (KubernetesClientException e) {
            LOG.debugf("The API server does not say which kinds it has: %s", e.getMessage());
        }
    }

    private synchronized void begin(ServedKind<?, ?> kind) {
        if (!followed.containsKey(kind)) {
            LOG.infof("%s: the API server has this kind, and its objects are followed", kind.kind());
            followed.put(kind, follower.follow(kind, failure -> goesOn(kind, failure)));
        }
    }

    private synchronized void end(ServedKind<?, ?> kind, String reason) {
        var end = followed.remove(kind);
        if (end != null) {
            LOG.infof("%s: %s, and its objects are forgotten", kind.kind(), reason);
            end.run();
        }
    }

    /** What keeps a kind from being read keeps nobody else waiting. */
    private boolean goesOn(ServedKind<?, ?> kind, Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof KubernetesClientException client) {
                switch (client.getCode()) {
                    case HttpURLConnection.HTTP_NOT_FOUND -> {
                        end(kind, "the API server does not have this kind any more");
                        return false;
                    }
                    case HttpURLConnection.HTTP_FORBIDDEN, HttpURLConnection.HTTP_UNAUTHORIZED -> {
                        refuse(kind);
                        return false;
                    }
                    default -> {}
                }
            }
        }
        LOG.warnf("Cannot follow %s: %s. What is known stays in force; trying again", kind.kind(), failure);
        return true;
    }

    private synchronized void refuse(ServedKind<?, ?> kind) {
        var end = followed.remove(kind);
        if (end != null) {
            if (refused.add(kind)) {
                LOG.warnf(
                        "No permission to list and watch %s, so that none is served. Apply the RBAC of this version's manifests",
                        kind.kind());
            }
            end.run();
        }
    }
}
