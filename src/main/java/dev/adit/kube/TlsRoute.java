package dev.adit.kube;

import java.time.Instant;
import java.util.List;

/**
 * A gateway.networking.k8s.io/v1 TLSRoute as written by its author, with the defaults of the API filled in: a folder has none.
 *
 * @param generation of its {@code spec}, which a condition in its status refers to
 * @param backends of each rule
 */
public record TlsRoute(
        ObjectKey key,
        String uid,
        long generation,
        Instant createdAt,
        List<HttpRoute.ParentRef> parents,
        List<String> hostnames,
        List<List<HttpRoute.Backend>> backends)
        implements StreamRoute {
    public static final Kind<TlsRoute> KIND =
            Kind.general("gateway.networking.k8s.io/v1", "TLSRoute", "tlsroutes", TlsRoute.class);

    public TlsRoute {
        parents = List.copyOf(parents);
        hostnames = List.copyOf(hostnames);
        backends = backends.stream().map(List::copyOf).toList();
    }

    @Override
    public Kind<TlsRoute> kind() {
        return KIND;
    }
}
