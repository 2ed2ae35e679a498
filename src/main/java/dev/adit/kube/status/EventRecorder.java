package dev.adit.kube.status;

import dev.adit.kube.Problem;
import dev.adit.kube.api.EventObject;
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
import org.jboss.logging.Logger;

/** Tells the author of an Ingress what is wrong with it, once, and again before the API server forgets it. */
final class EventRecorder {
    private static final Logger LOG = Logger.getLogger(EventRecorder.class);
    // The API server keeps Events for an hour by default.
    private static final Duration REPEAT = Duration.ofMinutes(30);
    private static final int MESSAGE_LIMIT = 1024;
    private static final int SHARE = 50;
    // With what follows it the name of an Event is no longer than a name may be.
    private static final int NAME_LIMIT = 235;

    private final KubernetesClient client;
    private final Clock clock;
    private final Map<Problem, Instant> recorded = new HashMap<>();

    EventRecorder(KubernetesClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Returns whether all that are due have been recorded: of no namespace more than its share at once. */
    boolean record(List<Problem> problems) {
        recorded.keySet().retainAll(new HashSet<>(problems));
        var now = clock.instant();
        var shares = new HashMap<String, Integer>();
        var isComplete = true;
        for (var problem : problems) {
            // An Event is about an object of the API; what a file says wrong is in the log.
            if (problem.uid().isEmpty() || !isDue(problem, now)) {
                continue;
            }
            if (shares.merge(problem.object().namespace(), 1, Integer::sum) > SHARE) {
                isComplete = false;
            } else if (record(problem, now)) {
                recorded.put(problem, now);
            }
        }
        return isComplete;
    }

    private boolean isDue(Problem problem, Instant now) {
        var last = recorded.get(problem);
        return last == null || last.plus(REPEAT).isBefore(now);
    }

    private boolean record(Problem problem, Instant now) {
        var event = event(problem, now.truncatedTo(ChronoUnit.SECONDS).toString());
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

    private static EventObject event(Problem problem, String now) {
        var message = Visible.of(problem.sentence());
        // The same problem has the same name for half an hour, so that replicas and restarts do not repeat it.
        var slot = Instant.parse(now).getEpochSecond() / REPEAT.toSeconds();
        var object = problem.object();
        var metadata = new ObjectMeta();
        metadata.setNamespace(namespace(problem));
        metadata.setName("%s.%08x%08x"
                .formatted(shortened(object.name()), problem.toString().hashCode(), slot));
        var event = new EventObject(
                new EventObject.Reference(
                        apiVersion(problem.kind()), problem.kind(), object.namespace(), object.name(), problem.uid()),
                problem.reason().camelCase(),
                message.length() > MESSAGE_LIMIT ? message.substring(0, MESSAGE_LIMIT) : message,
                now,
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
        return switch (kind) {
            case "Ingress", "IngressClass" -> "networking.k8s.io/v1";
            default -> "v1";
        };
    }
}
