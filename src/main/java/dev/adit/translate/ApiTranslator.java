package dev.adit.translate;

import dev.adit.kube.Objects;

/** What the objects of one API mean: Ingress v1, or the Gateway API. */
public interface ApiTranslator {
    /**
     * Writes into a draft what they mean, and what is wrong with them. It throws only where it cannot say anything of any
     * of them.
     */
    void translate(Objects objects, Draft draft);
}
