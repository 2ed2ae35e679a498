package dev.adit.translate;

import java.util.Optional;

/**
 * The settings that change what a snapshot means.
 *
 * @param ingressClass the one IngressClass that this instance serves
 * @param defaultBackend for requests that nothing else takes
 */
public record TranslationOptions(String ingressClass, Optional<DefaultBackend> defaultBackend) {

    /** The {@code spec.controller} of the IngressClasses that are ours. */
    public static final String CONTROLLER = "adit.dev/ingress-controller";

    /** The default IngressClass name. */
    public static final String CLASS = "adit";
}
