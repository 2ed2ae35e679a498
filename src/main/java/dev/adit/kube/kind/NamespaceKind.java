package dev.adit.kube.kind;

import static dev.adit.kube.kind.Fields.object;
import static dev.adit.kube.kind.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.Gateway;
import dev.adit.kube.Namespace;
import dev.adit.kube.api.NamespaceObject;
import java.util.HashMap;
import java.util.Optional;

/** Namespace of the core API, which only Gateways ask for. */
final class NamespaceKind {
    static final ServedKind<NamespaceObject, Namespace> SERVED = ServedKind.of(
                    Namespace.KIND,
                    NamespaceObject.class,
                    NamespaceObject::new,
                    ServedKind.Place.CLUSTER,
                    source -> Optional.of(read(source)),
                    NamespaceKind::write)
            .followedWith(Gateway.KIND);

    private NamespaceKind() {}

    static Namespace read(NamespaceObject source) {
        var name = text(source.getMetadata().getName());
        var labels = new HashMap<>(Fields.map(source.getMetadata().getLabels()));
        labels.put(Namespace.NAME_LABEL, name);
        return new Namespace(Namespace.key(name), labels);
    }

    private static ObjectNode write(Namespace source) {
        var json = object(source, "");
        var labels = Fields.meta(json).putObject("labels");
        source.labels().forEach(labels::put);
        return json;
    }
}
