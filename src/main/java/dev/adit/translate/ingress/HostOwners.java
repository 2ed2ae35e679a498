package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.routing.Hostname;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who decides what holds for a whole host: the oldest Ingress that names it (ADR 15). The Ingresses are to be given
 * oldest first.
 */
final class HostOwners {
    private final Map<Hostname, Ingress> owners = new HashMap<>();
    private final Map<Hostname, Ingress> certified = new HashMap<>();
    private final Map<Hostname, Ingress> wildcards = new HashMap<>();
    private final Set<Hostname> passing = new HashSet<>();

    /** The owner of a host that an Ingress has a rule for: itself, where none came before. */
    Ingress claim(Hostname host, Ingress ingress) {
        var before = owners.putIfAbsent(host, ingress);
        return before == null ? ingress : before;
    }

    /** The owner of a host, as far as it has one by now. */
    Optional<Ingress> of(Hostname host) {
        return Optional.ofNullable(owners.get(host));
    }

    /** The owner of a host ends its TLS at an endpoint. */
    void passTls(Hostname host) {
        passing.add(host);
    }

    /**
     * Claims the certificate of a host for an Ingress that lists it in {@code spec.tls}, whether or not its Secret is there.
     *
     * @return the Ingress of another namespace that the TLS of the host belongs to; empty where the claim holds
     */
    Optional<Ingress> claimTls(Hostname host, Ingress ingress) {
        if (host instanceof Hostname.Wildcard) {
            wildcards.putIfAbsent(host, ingress);
        }
        var elsewhere = tlsElsewhere(host, ingress);
        if (elsewhere.isEmpty()) {
            certified.putIfAbsent(host, ingress);
        }
        return elsewhere;
    }

    /** The Ingress that the certificates of a host belong to by its {@code spec.tls}. */
    Optional<Ingress> certified(Hostname host) {
        return Optional.ofNullable(certified.get(host));
    }

    /**
     * The older Ingress of another namespace that orders the certificates of a host. A rule for a wildcard, or for every
     * host, serves hosts that have certificates of their own: there it is the owner, whatever TLS it has.
     */
    Optional<Ingress> ordersElsewhere(Hostname host, Ingress ingress) {
        return host instanceof Hostname.Exact
                ? tlsElsewhere(host, ingress)
                : elsewhere(owners.get(host), ingress.key().namespace());
    }

    /**
     * The older Ingress of another namespace that the TLS of a host belongs to: the first that lists the host in {@code
     * spec.tls} or lets its TLS pass. Where another namespace owns the host, a certificate for its wildcard counts too:
     * it is what clients of that host get.
     */
    Optional<Ingress> tlsElsewhere(Hostname host, Ingress ingress) {
        var namespace = ingress.key().namespace();
        var listed = elsewhere(certified.get(host), namespace);
        var owner = elsewhere(owners.get(host), namespace);
        if (listed.isPresent() || owner.isEmpty()) {
            return listed;
        }
        var isCovered = host instanceof Hostname.Exact(var name)
                && elsewhere(wildcards.get(new Hostname.Wildcard(Hostname.wildcardSuffix(name))), namespace)
                        .isPresent();
        return isCovered || passing.contains(host) ? owner : Optional.empty();
    }

    private static Optional<Ingress> elsewhere(@Nullable Ingress found, String namespace) {
        return Optional.ofNullable(found)
                .filter(ingress -> !ingress.key().namespace().equals(namespace));
    }
}
