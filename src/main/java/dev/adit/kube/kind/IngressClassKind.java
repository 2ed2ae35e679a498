package dev.adit.kube.kind;

import static dev.adit.kube.kind.Fields.map;
import static dev.adit.kube.kind.Fields.meta;
import static dev.adit.kube.kind.Fields.object;
import static dev.adit.kube.kind.Fields.optional;
import static dev.adit.kube.kind.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.IngressClass;
import dev.adit.kube.api.IngressClassObject;
import java.util.Optional;

/** IngressClass of networking.k8s.io/v1. */
final class IngressClassKind {
    private static final String DEFAULT_CLASS = "ingressclass.kubernetes.io/is-default-class";
    private static final Shape SPEC =
            Shape.of("controller").and("parameters", Shape.of("apiGroup", "kind", "name", "namespace", "scope"));
    static final ServedKind<IngressClassObject, IngressClass> SERVED = ServedKind.of(
                    IngressClass.KIND,
                    IngressClassObject.class,
                    IngressClassObject::new,
                    ServedKind.Place.CLUSTER,
                    source -> Optional.of(read(source)),
                    IngressClassKind::write)
            .knowing(SPEC);

    private IngressClassKind() {}

    static IngressClass read(IngressClassObject source) {
        var isDefault = map(source.getMetadata().getAnnotations()).get(DEFAULT_CLASS);
        var spec = source.spec();
        return new IngressClass(
                source.getMetadata().getName(),
                text(source.getMetadata().getUid()),
                spec == null ? "" : text(spec.controller()),
                "true".equals(isDefault),
                Optional.ofNullable(spec == null ? null : spec.parameters()).map(IngressClassKind::parameters));
    }

    private static IngressClass.Parameters parameters(IngressClassObject.Parameters source) {
        var namespace = "Namespace".equals(source.scope()) ? source.namespace() : null;
        return new IngressClass.Parameters(
                text(source.apiGroup()), text(source.kind()), text(source.name()), Optional.ofNullable(namespace));
    }

    private static ObjectNode write(IngressClass source) {
        var json = object(source, source.uid());
        if (source.isDefault()) {
            meta(json).putObject("annotations").put(DEFAULT_CLASS, "true");
        }
        var spec = json.putObject("spec").put("controller", source.controller());
        source.parameters().ifPresent(parameters -> {
            var written =
                    spec.putObject("parameters").put("kind", parameters.kind()).put("name", parameters.name());
            optional(written, "apiGroup", parameters.apiGroup());
            parameters
                    .namespace()
                    .ifPresent(ns -> written.put("scope", "Namespace").put("namespace", ns));
        });
        return json;
    }
}
