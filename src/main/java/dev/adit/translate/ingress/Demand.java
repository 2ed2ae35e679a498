package dev.adit.translate.ingress;

import dev.adit.kube.Problem.Reason;
import dev.adit.routing.policy.Policy;

/** What an Ingress asks of all its clients, from a Secret. */
sealed interface Demand<P extends Policy> {
    record None<P extends Policy>() implements Demand<P> {}

    record By<P extends Policy>(P policy) implements Demand<P> {}

    /** It asks for something that cannot be had, so that nobody is served. */
    record Unknown<P extends Policy>(Reason reason) implements Demand<P> {}
}
