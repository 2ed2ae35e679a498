package dev.adit.kube.status;

import dev.adit.kube.Condition;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Status;
import dev.adit.kube.api.ApiObject;
import dev.adit.kube.api.ConditionObject;
import dev.adit.kube.api.Conditioned;
import dev.adit.kube.kind.ServedKind;
import dev.adit.kube.kind.ServedKinds;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Writes {@code status.conditions} by server-side apply: the conditions of other types are somebody else's, and stay. What
 * an object shows is asked for before it is written, and not kept by everybody who reads the object.
 */
final class ConditionWriter {
    private final KubernetesClient client;
    private final Clock clock;
    private final ShownStatuses shown;

    ConditionWriter(KubernetesClient client, Clock clock, ShownStatuses shown) {
        this.client = client;
        this.clock = clock;
        this.shown = shown;
    }

    /** Makes an object show these, unless it does already. Nothing happens where it is gone. */
    void write(Status.Conditions status) {
        if (isShown(ServedKinds.of(status.object().kind()), status)) {
            shown.note(status.object(), status);
        }
    }

    /** Makes it show them, and returns whether it is there. */
    private <W extends ApiObject> boolean isShown(ServedKind<W, ?> served, Status.Conditions status) {
        var resource = resource(served.wire(), status.object().key());
        var now = resource.get();
        if (!(now instanceof Conditioned conditioned)) {
            return false;
        }
        var wanted = status.conditions().stream()
                .map(condition -> condition(condition, status.generation(), conditioned.conditions(), clock))
                .toList();
        if (conditioned.conditions().containsAll(wanted)) {
            return true;
        }
        var applied = served.empty().get();
        applied.setMetadata(StatusWriter.name(status.object().key()));
        ((Conditioned) applied).conditions(wanted);
        client.resource(applied).subresource("status").patch(StatusWriter.APPLY);
        return true;
    }

    private <W extends ApiObject> Resource<W> resource(Class<W> type, ObjectKey key) {
        var all = client.resources(type);
        return key.namespace().isEmpty()
                ? all.withName(key.name())
                : all.inNamespace(key.namespace()).withName(key.name());
    }

    /** As the API has it; one that says the same as before has done so since then. */
    static ConditionObject condition(Condition wanted, long generation, List<ConditionObject> now, Clock clock) {
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
