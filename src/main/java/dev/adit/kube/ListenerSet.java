package dev.adit.kube;

import java.time.Instant;
import java.util.List;

/**
 * A gateway.networking.k8s.io/v1 ListenerSet as written by its author, with the defaults of the API filled in: a folder has none.
 *
 * @param generation of its {@code spec}, which a condition in its status refers to
 * @param parent the Gateway that its listeners are added to
 */
public record ListenerSet(
        ObjectKey key,
        String uid,
        long generation,
        Instant createdAt,
        ForeignReference parent,
        List<Gateway.Listener> listeners)
        implements KubeObject {
    public static final Kind<ListenerSet> KIND =
            Kind.general("gateway.networking.k8s.io/v1", "ListenerSet", "listenersets", ListenerSet.class);

    public ListenerSet {
        listeners = List.copyOf(listeners);
    }

    @Override
    public Kind<ListenerSet> kind() {
        return KIND;
    }
}
