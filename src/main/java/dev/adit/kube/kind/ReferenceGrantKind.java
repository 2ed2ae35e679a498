package dev.adit.kube.kind;

import static dev.adit.kube.kind.Fields.list;
import static dev.adit.kube.kind.Fields.object;
import static dev.adit.kube.kind.Fields.optional;
import static dev.adit.kube.kind.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.ReferenceGrant;
import dev.adit.kube.api.ReferenceGrantObject;
import java.util.Optional;

/** ReferenceGrant of gateway.networking.k8s.io/v1beta1, which every release since 0.6 serves. */
final class ReferenceGrantKind {
    private static final ReferenceGrantObject.Spec NO_SPEC = new ReferenceGrantObject.Spec(null, null);
    static final ServedKind<ReferenceGrantObject, ReferenceGrant> SERVED = ServedKind.of(
                    ReferenceGrant.KIND,
                    ReferenceGrantObject.class,
                    ReferenceGrantObject::new,
                    ServedKind.Place.WATCHED,
                    source -> Optional.of(read(source)),
                    ReferenceGrantKind::write)
            .optional()
            .alike("v1", "v1alpha2");

    private ReferenceGrantKind() {}

    static ReferenceGrant read(ReferenceGrantObject source) {
        var spec = source.spec() == null ? NO_SPEC : source.spec();
        return new ReferenceGrant(
                Fields.key(source),
                text(source.getMetadata().getUid()),
                list(spec.from()).stream()
                        .map(from ->
                                new ReferenceGrant.From(text(from.group()), text(from.kind()), text(from.namespace())))
                        .toList(),
                list(spec.to()).stream()
                        .map(to -> new ReferenceGrant.To(text(to.group()), text(to.kind()), text(to.name())))
                        .toList());
    }

    private static ObjectNode write(ReferenceGrant source) {
        var json = object(source, source.uid());
        var spec = json.putObject("spec");
        var from = spec.putArray("from");
        source.from()
                .forEach(one -> from.addObject()
                        .put("group", one.group())
                        .put("kind", one.kind())
                        .put("namespace", one.namespace()));
        var to = spec.putArray("to");
        source.to()
                .forEach(one ->
                        optional(to.addObject().put("group", one.group()).put("kind", one.kind()), "name", one.name()));
        return json;
    }
}
