package dev.adit.kube.kind;

import static dev.adit.kube.kind.Fields.optional;
import static dev.adit.kube.kind.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.ForeignReference;
import dev.adit.kube.api.ReferenceObject;
import org.jspecify.annotations.Nullable;

/** References of the Gateway API, in which group and kind may be left out. */
final class References {
    private References() {}

    static ForeignReference read(ReferenceObject source, String group, String kind) {
        return read(source.group(), source.kind(), source.namespace(), source.name(), group, kind);
    }

    /** The last two are what holds where nothing is said. */
    static ForeignReference read(
            @Nullable String group,
            @Nullable String kind,
            @Nullable String namespace,
            @Nullable String name,
            String otherGroup,
            String otherKind) {
        return new ForeignReference(
                group == null ? otherGroup : group, kind == null ? otherKind : kind, text(namespace), text(name));
    }

    static ObjectNode write(ObjectNode json, ForeignReference reference) {
        json.put("group", reference.group()).put("kind", reference.kind()).put("name", reference.name());
        optional(json, "namespace", reference.namespace());
        return json;
    }
}
