package dev.adit.kube.kind;

import static dev.adit.kube.kind.Fields.list;
import static dev.adit.kube.kind.Fields.text;

import dev.adit.kube.TcpRoute;
import dev.adit.kube.api.StreamRouteObject;
import dev.adit.kube.api.TcpRouteObject;
import java.util.Optional;

/** TCPRoute of gateway.networking.k8s.io/v1. */
final class TcpRouteKind {
    static final ServedKind<TcpRouteObject, TcpRoute> SERVED = ServedKind.of(
                    TcpRoute.KIND,
                    TcpRouteObject.class,
                    TcpRouteObject::new,
                    ServedKind.Place.WATCHED,
                    source -> Optional.of(read(source)),
                    StreamRoutes::write)
            .optional()
            .alike("v1alpha2");

    private TcpRouteKind() {}

    static TcpRoute read(TcpRouteObject source) {
        var meta = source.getMetadata();
        var spec = source.spec() == null ? StreamRouteObject.NO_SPEC : source.spec();
        return new TcpRoute(
                Fields.key(source),
                text(meta.getUid()),
                Fields.generation(meta),
                Fields.createdAt(meta),
                list(spec.parentRefs()).stream().map(HttpRouteKind::parent).toList(),
                StreamRoutes.backends(spec));
    }
}
