package dev.adit.kube.kind;

import static dev.adit.kube.kind.Fields.object;
import static dev.adit.kube.kind.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.GatewayClass;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.api.GatewayClassObject;
import java.util.Optional;

/** GatewayClass of gateway.networking.k8s.io/v1. */
final class GatewayClassKind {
    static final ServedKind<GatewayClassObject, GatewayClass> SERVED = ServedKind.of(
                    GatewayClass.KIND,
                    GatewayClassObject.class,
                    GatewayClassObject::new,
                    ServedKind.Place.CLUSTER,
                    source -> Optional.of(read(source)),
                    GatewayClassKind::write)
            .optional()
            .alike("v1beta1");

    private GatewayClassKind() {}

    static GatewayClass read(GatewayClassObject source) {
        var meta = source.getMetadata();
        var spec = source.spec();
        return new GatewayClass(
                new ObjectKey("", text(meta.getName())),
                text(meta.getUid()),
                Fields.generation(meta),
                spec == null ? "" : text(spec.controllerName()));
    }

    private static ObjectNode write(GatewayClass source) {
        var json = object(source, source.uid());
        Fields.meta(json).put("generation", source.generation());
        json.putObject("spec").put("controllerName", source.controller());
        return json;
    }
}
