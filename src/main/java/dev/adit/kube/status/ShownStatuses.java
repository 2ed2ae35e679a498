package dev.adit.kube.status;

import dev.adit.kube.ObjectRef;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** What objects show since it was written, as far as that is known. */
final class ShownStatuses {
    private final Map<ObjectRef, Object> shown = new HashMap<>();

    /** Somebody else may have written since. */
    void forget() {
        shown.clear();
    }

    /** Of other objects nobody speaks any more. */
    void retain(Predicate<ObjectRef> spokenOf) {
        shown.keySet().removeIf(object -> !spokenOf.test(object));
    }

    /** Whether an object may not show this yet. */
    boolean isDue(ObjectRef object, Object status) {
        return !status.equals(shown.get(object));
    }

    void note(ObjectRef object, Object status) {
        shown.put(object, status);
    }
}
