package dev.adit.kube.kind;

import static dev.adit.kube.kind.Fields.list;
import static dev.adit.kube.kind.Fields.text;

import dev.adit.kube.TlsRoute;
import dev.adit.kube.api.StreamRouteObject;
import dev.adit.kube.api.TlsRouteObject;
import java.util.Optional;

/** TLSRoute of gateway.networking.k8s.io/v1. */
final class TlsRouteKind {
    static final ServedKind<TlsRouteObject, TlsRoute> SERVED = ServedKind.of(
                    TlsRoute.KIND,
                    TlsRouteObject.class,
                    TlsRouteObject::new,
                    ServedKind.Place.WATCHED,
                    source -> Optional.of(read(source)),
                    StreamRoutes::write)
            .optional()
            .alike("v1alpha2", "v1alpha3");

    private TlsRouteKind() {}

    static TlsRoute read(TlsRouteObject source) {
        var meta = source.getMetadata();
        var spec = source.spec() == null ? StreamRouteObject.NO_SPEC : source.spec();
        return new TlsRoute(
                Fields.key(source),
                text(meta.getUid()),
                Fields.generation(meta),
                Fields.createdAt(meta),
                list(spec.parentRefs()).stream().map(HttpRouteKind::parent).toList(),
                list(spec.hostnames()),
                StreamRoutes.backends(spec));
    }
}
