package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.IngressClass;
import dev.adit.kube.Objects;
import dev.adit.translate.TranslationOptions;
import java.util.Optional;

/** Decides whether an Ingress is ours: Ingress to IngressClass to controller, as the API says. */
final class ClassSelector {
    private final Optional<IngressClass> own;
    private final String className;

    ClassSelector(Objects objects, TranslationOptions options) {
        className = options.ingressClass();
        own = objects.all(IngressClass.KIND)
                .filter(c -> c.name().equals(className) && c.controller().equals(TranslationOptions.CONTROLLER))
                .findFirst();
    }

    /** The class that we serve, if it is there. */
    Optional<IngressClass> own() {
        return own;
    }

    boolean selects(Ingress ingress) {
        if (ingress.className().isPresent()) {
            return own.isPresent() && ingress.className().get().equals(className);
        }
        // The deprecated annotation never referred to an object, so none has to exist.
        return ingress.classAnnotation()
                .map(className::equals)
                .orElseGet(() -> own.map(IngressClass::isDefault).orElse(false));
    }
}
