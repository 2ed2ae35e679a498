package dev.adit.translate.gateway;

import dev.adit.kube.Ingress;
import dev.adit.routing.Certificate;
import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.translate.Draft;
import dev.adit.translate.IngressHosts;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whose a name is that an Ingress and a Gateway both have: the older object's. Both kinds of wildcards of one suffix are one name. */
final class NameOwners {
    private final Draft draft;
    private final Map<Hostname, Ingress> oldest = new HashMap<>();

    /** By the Ingresses that have been read, and what is served of them. */
    NameOwners(Draft draft) {
        this.draft = draft;
        var served = served(draft);
        draft.ingresses().stream()
                .sorted(Comparator.comparing(Ingress::createdAt))
                .forEach(ingress -> hosts(ingress)
                        .map(Hostname::ofEitherWildcard)
                        .filter(served::contains)
                        .forEach(host -> oldest.putIfAbsent(host, ingress)));
    }

    private static Set<Hostname> served(Draft draft) {
        var ofCertificates =
                draft.certificates().stream().map(Certificate::hosts).flatMap(hosts -> hosts.stream());
        return Stream.concat(draft.hosts().stream().map(Host::name), ofCertificates)
                .map(Hostname::ofEitherWildcard)
                .collect(Collectors.toSet());
    }

    private static Stream<Hostname> hosts(Ingress ingress) {
        var ofDefault = ingress.defaultBackend().isPresent() ? Stream.of(Hostname.ANY) : Stream.<Hostname>empty();
        return Stream.of(
                        IngressHosts.ofRules(ingress),
                        IngressHosts.ofTls(ingress),
                        IngressHosts.beside(ingress).stream(),
                        ofDefault)
                .flatMap(hosts -> hosts);
    }

    /** The oldest Ingress that has a name. Whoever asks may own it or not: a change of any Ingress that has it is to be looked at with all. */
    Optional<Ingress> holder(Hostname name) {
        var either = Hostname.ofEitherWildcard(name);
        draft.looks().name(either.text());
        return Optional.ofNullable(oldest.get(either));
    }

    /** The Ingress that keeps a name from an object of a Gateway, since it is older. */
    Optional<Ingress> keeper(Hostname name, Instant since) {
        return holder(name).filter(ingress -> ingress.createdAt().isBefore(since));
    }
}
