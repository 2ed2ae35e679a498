package dev.adit.kube.kind;

import static dev.adit.kube.kind.Fields.list;
import static dev.adit.kube.kind.Fields.object;
import static dev.adit.kube.kind.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.ForeignReference;
import dev.adit.kube.ListenerSet;
import dev.adit.kube.api.ListenerSetObject;
import java.util.Optional;

/** ListenerSet of gateway.networking.k8s.io/v1. */
final class ListenerSetKind {
    private static final ListenerSetObject.Spec NO_SPEC = new ListenerSetObject.Spec(null, null);
    private static final ForeignReference NO_PARENT = new ForeignReference("", "", "", "");
    static final ServedKind<ListenerSetObject, ListenerSet> SERVED = ServedKind.of(
                    ListenerSet.KIND,
                    ListenerSetObject.class,
                    ListenerSetObject::new,
                    ServedKind.Place.WATCHED,
                    source -> Optional.of(read(source)),
                    ListenerSetKind::write)
            .optional();

    private ListenerSetKind() {}

    static ListenerSet read(ListenerSetObject source) {
        var meta = source.getMetadata();
        var spec = source.spec() == null ? NO_SPEC : source.spec();
        return new ListenerSet(
                Fields.key(source),
                text(meta.getUid()),
                Fields.generation(meta),
                Fields.createdAt(meta),
                spec.parentRef() == null
                        ? NO_PARENT
                        : References.read(spec.parentRef(), ForeignReference.GATEWAY_GROUP, "Gateway"),
                list(spec.listeners()).stream().map(GatewayKind::listener).toList());
    }

    private static ObjectNode write(ListenerSet source) {
        var json = object(source, source.uid());
        Fields.written(json, source.generation(), source.createdAt());
        var spec = json.putObject("spec");
        if (!source.parent().equals(NO_PARENT)) {
            References.write(spec.putObject("parentRef"), source.parent());
        }
        var listeners = spec.putArray("listeners");
        source.listeners().forEach(listener -> GatewayKind.write(listeners.addObject(), listener));
        return json;
    }
}
