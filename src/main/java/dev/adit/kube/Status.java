package dev.adit.kube;

import java.util.List;

/** What the status of one object is to say. An object that has none here is not ours to speak of. */
public sealed interface Status {
    /** Whose status it is. */
    ObjectRef object();

    /** {@code status.loadBalancer}: that it is reached where this controller can be reached, wherever that is. */
    record Addresses(Ingress ingress) implements Status {
        @Override
        public ObjectRef object() {
            return ingress.ref();
        }
    }

    /**
     * {@code status.conditions}.
     *
     * @param uid of the object, lest another one of that name be taken for it
     * @param generation of the {@code spec} that was looked at
     * @param conditions one of each type; those of other types are somebody else's
     */
    record Conditions(ObjectRef object, String uid, long generation, List<Condition> conditions) implements Status {
        public Conditions {
            conditions = List.copyOf(conditions);
        }
    }
}
