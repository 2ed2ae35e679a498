package dev.adit.translate.annotation.nginx;

import dev.adit.routing.policy.Tracing;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.util.List;

/** Whether requests are traced, and in whose trace. */
final class Traces implements AnnotationFamily {
    private static final AnnotationKey<Boolean> ENABLED = key(
            "enable-opentelemetry",
            "`\"false\"`: requests are not traced, where `--trace-endpoint` says that they are");
    private static final AnnotationKey<Boolean> TRUSTED = key(
            "opentelemetry-trust-incoming-span",
            "`\"false\"`: each request begins a trace, whatever trace its client says that it belongs to");

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(ENABLED, TRUSTED);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        var isOn = of.get(ENABLED).orElse(true);
        var isTrusted = of.get(TRUSTED).orElse(true);
        if (!isOn || !isTrusted) {
            into.add(new Tracing(isOn, isTrusted));
        }
    }

    private static AnnotationKey<Boolean> key(String name, String doc) {
        return AnnotationKey.of(
                name, Scope.INGRESS, OnError.DEFAULT, GoValues.TRUTH, doc, "`\"true\"`", GoValues::truth);
    }
}
