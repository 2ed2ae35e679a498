package dev.adit.translate.gateway;

import dev.adit.kube.Ingress;
import dev.adit.routing.Hostname;
import dev.adit.translate.Draft;
import java.time.Instant;
import java.util.Optional;

/** Whose a name is that an Ingress and a Gateway both have: the older object's. */
final class NameOwners {
    private final Draft draft;

    /** By the Ingresses that have been read into a draft. */
    NameOwners(Draft draft) {
        this.draft = draft;
    }

    /** The Ingress that has this very name. A change of any Ingress that has it, or gets it, is to be looked at with all objects. */
    Optional<Ingress> holder(Hostname name) {
        draft.looks().name(Hostname.ofEitherWildcard(name).text());
        return draft.holder(name);
    }

    /** The Ingress that keeps a name from an object of a Gateway, since it is older. */
    Optional<Ingress> keeper(Hostname name, Instant since) {
        return holder(name).filter(ingress -> ingress.createdAt().isBefore(since));
    }
}
