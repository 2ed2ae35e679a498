package dev.adit.match;

import dev.adit.routing.ClientAuthorities;
import dev.adit.routing.Host;
import dev.adit.routing.Route;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a handshake asks of clients, for all the routes that its server name may lead to.
 *
 * @param always whether none of these is served without a certificate
 * @param authorities of all of them
 * @param certificates each of which may have signed a client's
 */
public record ClientDemand(boolean always, Set<ClientAuthorities> authorities, Set<X509Certificate> certificates) {

    /** Of one host; null where it asks for nothing. Guests of the host have no say in what all its clients meet. */
    static @Nullable ClientDemand of(Host host, Optional<Route> fallback) {
        // What a guest serves instead of the general default backend is no reason to ask for less, or for more.
        var last = host.fallback().filter(route -> isOfOwner(host, route)).or(() -> fallback);
        return of(Stream.concat(host.routes().stream(), last.stream()).filter(route -> isOfOwner(host, route)));
    }

    private static boolean isOfOwner(Host host, Route route) {
        return route.origin().namespace().equals(host.owner());
    }

    /** Of these routes; null where none asks for anything. */
    static @Nullable ClientDemand of(Stream<Route> routes) {
        var authorities = new HashSet<ClientAuthorities>();
        var always = routes.map(route -> route.transport().clients())
                        .filter(clients -> {
                            clients.ifPresent(authorities::add);
                            return clients.isEmpty();
                        })
                        .count()
                == 0;
        if (authorities.isEmpty()) {
            return null;
        }
        // Now and not with each handshake, for there may be many.
        var certificates = authorities.stream()
                .flatMap(one -> one.certificates().stream())
                .collect(Collectors.toUnmodifiableSet());
        return new ClientDemand(always, Set.copyOf(authorities), certificates);
    }
}
