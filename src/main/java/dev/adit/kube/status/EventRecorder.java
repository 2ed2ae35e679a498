package dev.adit.kube.status;

import dev.adit.kube.KubeObject;
import dev.adit.kube.Objects;
import dev.adit.kube.Problem;
import dev.adit.kube.api.EventObject;
import dev.adit.kube.kind.ServedKinds;
import dev.adit.text.Visible;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Tells the author of an object what is wrong with it: once, again before the API server forgets it, and when it is over. A
 * reference to what is not there is told of after a moment, since objects that belong together come one after the other.
 */
final class EventRecorder {
    private static final Logger LOG = Logger.getLogger(EventRecorder.class);
    // The API server keeps Events for an hour by default.
    private static final Duration REPEAT = Duration.ofMinutes(30);
    private static final Duration MOMENT = Duration.ofSeconds(2);
    private static final Duration RETRY = Duration.ofSeconds(5);
    private static final int MESSAGE_LIMIT = 1024;
    private static final int SHARE = 50;
    // With what follows it the name of an Event is no longer than a name may be.
    private static final int NAME_LIMIT = 235;

    private final KubernetesClient client;
    private final Clock clock;
    private final Map<Problem, Instant> seen = new HashMap<>();
    private final Map<Problem, Instant> recorded = new HashMap<>();
    // What comes again after it was over is said again, and therefore under another name.
    private final Map<Problem, Over> over = new HashMap<>();

    /** When something was over last, and how often it has been: what comes and goes all the time is not told of each time. */
    private record Over(Instant since, int times) {
        static final Over NEVER = new Over(Instant.EPOCH, 0);
        private static final int MOST = 3;

        boolean isTold() {
            return times < MOST;
        }
    }

    EventRecorder(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /**
     * Records what is due, of no namespace more than its share at once.
     *
     * @param objects those of the API as they are now
     * @return when there is more to record; empty where that is all
     */
    Optional<Duration> record(List<Problem> problems, Objects objects) {
        var now = clock.instant();
        var present = new HashSet<>(problems);
        seen.keySet().retainAll(present);
        problems.forEach(problem -> seen.putIfAbsent(problem, now));
        over.values().removeIf(last -> last.since().plus(REPEAT).isBefore(now));
        var round = new Round(now);
        for (var ended :
                recorded.keySet().stream().filter(p -> !present.contains(p)).toList()) {
            round.end(ended, isThere(ended, objects));
        }
        problems.forEach(round::begin);
        return Optional.ofNullable(round.next);
    }

    /** An Event is about an object of the API that is there; what a file says wrong is in the log. */
    private static boolean isThere(Problem problem, Objects objects) {
        return ServedKinds.named(problem.kind())
                .<KubeObject>flatMap(served -> objects.find(served.kind(), problem.object()))
                .map(KubeObject::uid)
                .filter(uid -> !uid.isEmpty() && uid.equals(problem.uid()))
                .isPresent();
    }

    private final class Round {
        private final Instant now;
        private final Map<String, Integer> shares = new HashMap<>();
        private @Nullable Duration next;

        Round(Instant now) {
            this.now = now;
        }

        void begin(Problem problem) {
            var last = recorded.get(problem);
            if (problem.uid().isEmpty() || (last != null && !last.plus(REPEAT).isBefore(now))) {
                return;
            }
            var due = seen.getOrDefault(problem, now).plus(MOMENT);
            if (problem.reason().isReference() && due.isAfter(now)) {
                after(Duration.between(now, due));
            } else if (isRecorded(problem, EventObject.Type.WARNING)) {
                recorded.put(problem, now);
            }
        }

        void end(Problem problem, boolean isThere) {
            var last = over.getOrDefault(problem, Over.NEVER);
            if (isThere && last.isTold() && !isRecorded(problem, EventObject.Type.NORMAL)) {
                return;
            }
            recorded.remove(problem);
            if (last.isTold()) {
                over.put(problem, new Over(now, last.times() + 1));
            }
        }

        private boolean isRecorded(Problem problem, EventObject.Type type) {
            var isWithinShare = shares.merge(problem.object().namespace(), 1, Integer::sum) <= SHARE;
            if (isWithinShare && record(problem, type, now)) {
                return true;
            }
            after(RETRY);
            return false;
        }

        private void after(Duration delay) {
            next = next == null || delay.compareTo(next) < 0 ? delay : next;
        }
    }

    private boolean record(Problem problem, EventObject.Type type, Instant now) {
        var event = event(problem, type, now.truncatedTo(ChronoUnit.SECONDS));
        try {
            client.resources(EventObject.class)
                    .inNamespace(namespace(problem))
                    .resource(event)
                    .create();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT || e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return true; // said before by this or another replica, or the namespace is going away
            }
            LOG.warnf("Cannot record an Event on %s %s: %s", problem.kind(), problem.object(), e.getMessage());
            return false;
        }
    }

    private EventObject event(Problem problem, EventObject.Type type, Instant now) {
        var message = Visible.of(
                type == EventObject.Type.NORMAL ? "No longer so: " + problem.sentence() : problem.sentence());
        // The same problem has the same name for half an hour, so that replicas and restarts do not repeat it.
        var slot = now.getEpochSecond() / REPEAT.toSeconds();
        var name = problem
                + type.name()
                + over.getOrDefault(problem, Over.NEVER).since().getEpochSecond();
        var object = problem.object();
        var metadata = new ObjectMeta();
        metadata.setNamespace(namespace(problem));
        metadata.setName("%s.%08x%08x".formatted(shortened(object.name()), name.hashCode(), slot));
        var event = new EventObject(
                new EventObject.Reference(
                        apiVersion(problem.kind()), problem.kind(), object.namespace(), object.name(), problem.uid()),
                type,
                type == EventObject.Type.NORMAL ? "Resolved" : problem.reason().camelCase(),
                message.length() > MESSAGE_LIMIT ? message.substring(0, MESSAGE_LIMIT) : message,
                now.toString(),
                new EventObject.Source("adit"));
        event.setMetadata(metadata);
        return event;
    }

    /** RFC 1123: no part of a name between two dots ends with a hyphen. */
    private static String shortened(String name) {
        var end = Math.min(name.length(), NAME_LIMIT);
        while (end > 1 && (name.charAt(end - 1) == '-' || name.charAt(end - 1) == '.')) {
            end--;
        }
        return name.substring(0, end);
    }

    /** Events on objects of the whole cluster are in the namespace default, as those of Kubernetes itself. */
    private static String namespace(Problem problem) {
        var namespace = problem.object().namespace();
        return namespace.isEmpty() ? "default" : namespace;
    }

    private static String apiVersion(String kind) {
        return ServedKinds.named(kind).map(served -> served.kind().apiVersion()).orElse("v1");
    }
}
