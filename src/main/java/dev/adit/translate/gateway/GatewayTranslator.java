package dev.adit.translate.gateway;

import dev.adit.kube.Condition;
import dev.adit.kube.GatewayClass;
import dev.adit.kube.Objects;
import dev.adit.kube.Status;
import dev.adit.translate.ApiTranslator;
import dev.adit.translate.Draft;
import java.util.List;

/**
 * The Gateway API. No Gateway is served yet, and a class of ours says so, lest somebody wait for one.
 */
public final class GatewayTranslator implements ApiTranslator {
    /** The {@code spec.controllerName} of the GatewayClasses that are ours. */
    public static final String CONTROLLER = "adit.dev/gateway-controller";

    private static final Condition UNSUPPORTED = new Condition(
            "Accepted", false, "Unsupported", "This version of Adit serves no Gateway; what it serves is Ingress");

    @Override
    public void translate(Objects objects, Draft draft) {
        objects.all(GatewayClass.KIND)
                .filter(ofClass -> ofClass.controller().equals(CONTROLLER))
                .map(ofClass ->
                        new Status.Conditions(ofClass.ref(), ofClass.uid(), ofClass.generation(), List.of(UNSUPPORTED)))
                .forEach(draft::show);
    }
}
