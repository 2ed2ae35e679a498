package dev.adit.match;

import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.policy.ClientCertificate;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a handshake asks of clients, for all the routes that its server name may lead to.
 *
 * @param host that asks for it
 * @param always whether none of these is served without a certificate
 * @param authorities of all of them
 * @param certificates each of which may have signed a client's
 */
public record ClientCertificateRequest(
        Hostname host, boolean always, Set<ClientCertificate> authorities, Set<X509Certificate> certificates) {

    /** Of one host; null where it asks for nothing. Guests of the host have no say in what all its clients meet. */
    static @Nullable ClientCertificateRequest of(Host host) {
        var authorities = new HashSet<ClientCertificate>();
        var always = true;
        for (var route : host.routes()) {
            var wanted = route.policy(ClientCertificate.class).filter(ClientCertificate::asksInHandshake);
            var isOfListener = wanted.filter(one -> one.manner().isOfListener()).isPresent();
            if (isOfListener || route.origin().namespace().equals(host.owner())) {
                wanted.ifPresent(authorities::add);
                always &= wanted.filter(one -> one.manner().isStrict()).isPresent();
            }
        }
        if (authorities.isEmpty()) {
            return null;
        }
        // Now and not with each handshake, for there may be many.
        var certificates =
                authorities.stream().flatMap(one -> one.authorities().stream()).collect(Collectors.toUnmodifiableSet());
        return new ClientCertificateRequest(host.name(), always, Set.copyOf(authorities), certificates);
    }
}
