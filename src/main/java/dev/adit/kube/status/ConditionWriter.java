package dev.adit.kube.status;

import dev.adit.kube.Condition;
import dev.adit.kube.Status;
import dev.adit.kube.api.ConditionObject;
import dev.adit.kube.api.GatewayClassObject;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes the status of classes by server-side apply: conditions of other types are somebody else's, and stay. It also makes the conditions
 * of all objects as the API has them. What an object shows is asked for before it is written, and not kept by everybody who reads the object.
 */
final class ConditionWriter {
    private static final Logger LOG = Logger.getLogger(ConditionWriter.class);

    private final KubernetesClient client;
    private final Clock clock;
    private final ShownStatuses shown;

    ConditionWriter(KubernetesClient client, Clock clock, ShownStatuses shown) {
        this.client = client;
        this.clock = clock;
        this.shown = shown;
    }

    /** Makes a class show these, unless it does already. Nothing happens where it is gone. */
    void write(Status.OfClass status) {
        var name = status.object().key().name();
        var now = client.resources(GatewayClassObject.class).withName(name).get();
        if (now != null && status.uid().equals(now.getMetadata().getUid())) {
            var before = now.status();
            var conditions = conditions(
                    status.conditions(), status.generation(), before == null ? null : before.conditions(), clock);
            var wanted = new GatewayClassObject.Status(
                    conditions,
                    status.features().stream()
                            .map(GatewayClassObject.Feature::new)
                            .toList());
            if (!wanted.equals(before)) {
                apply(status, wanted, conditions);
            }
            shown.note(status.object(), status);
        }
    }

    /** A definition of before 1.4 has no place for the features, and refuses all of what names them. */
    private void apply(Status.OfClass status, GatewayClassObject.Status wanted, List<ConditionObject> conditions) {
        try {
            apply(status, wanted);
        } catch (KubernetesClientException e) {
            LOG.debugf("The features of %s are not shown: %s", status.object(), e.getMessage());
            apply(status, new GatewayClassObject.Status(conditions, null));
        }
    }

    private void apply(Status.OfClass status, GatewayClassObject.Status wanted) {
        var applied = new GatewayClassObject();
        applied.setMetadata(StatusWriter.name(status.object().key()));
        applied.status(wanted);
        client.resource(applied).subresource("status").patch(StatusWriter.APPLY);
    }

    /**
     * As the API has them.
     *
     * @param now those that are shown, if any are
     */
    static List<ConditionObject> conditions(
            List<Condition> wanted, long generation, @Nullable List<ConditionObject> now, Clock clock) {
        var before = now == null ? List.<ConditionObject>of() : now;
        return wanted.stream()
                .map(one -> condition(one, generation, before, clock))
                .toList();
    }

    /** One that says the same as before has done so since then. */
    private static ConditionObject condition(
            Condition wanted, long generation, List<ConditionObject> now, Clock clock) {
        var status = status(wanted);
        var since = now.stream()
                .filter(condition -> wanted.type().equals(condition.type()) && status.equals(condition.status()))
                .findFirst()
                .map(ConditionObject::lastTransitionTime)
                .orElseGet(() -> now(clock));
        return new ConditionObject(wanted.type(), status, generation, since, wanted.reason(), wanted.message());
    }

    static String status(Condition condition) {
        return condition.holds() ? "True" : "False";
    }

    /** As metav1.Time has it, without parts of seconds. */
    static String now(Clock clock) {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
