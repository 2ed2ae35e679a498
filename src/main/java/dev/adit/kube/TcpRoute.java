package dev.adit.kube;

import java.time.Instant;
import java.util.List;

/**
 * A gateway.networking.k8s.io/v1 TCPRoute as written by its author, with the defaults of the API filled in: a folder has none.
 *
 * @param generation of its {@code spec}, which a condition in its status refers to
 * @param backends of each rule
 */
public record TcpRoute(
        ObjectKey key,
        String uid,
        long generation,
        Instant createdAt,
        List<HttpRoute.ParentRef> parents,
        List<List<HttpRoute.Backend>> backends)
        implements StreamRoute {
    public static final Kind<TcpRoute> KIND =
            Kind.general("gateway.networking.k8s.io/v1", "TCPRoute", "tcproutes", TcpRoute.class);

    public TcpRoute {
        parents = List.copyOf(parents);
        backends = backends.stream().map(List::copyOf).toList();
    }

    /** None: nothing of a connection says for which host it is. */
    @Override
    public List<String> hostnames() {
        return List.of();
    }

    @Override
    public Kind<TcpRoute> kind() {
        return KIND;
    }
}
