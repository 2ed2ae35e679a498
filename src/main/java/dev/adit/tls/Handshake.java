package dev.adit.tls;

import dev.adit.routing.Certificate;
import dev.adit.routing.Hostname;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLEngine;

/**
 * What is known of a handshake before it is answered.
 *
 * @param port to which the client has connected, as the routing table names it
 * @param serverName that the client asks for; empty where it names none
 * @param keys the kinds of key that the client can verify
 * @param demand what the host asks of clients, if it does
 * @param isForTunnel whether what is in it passes unread, so that nobody here can choose an application protocol (RFC 7301)
 */
public record Handshake(Integer port, String serverName, Set<Key> keys, Optional<Demand> demand, boolean isForTunnel) {

    /** One for requests that are read here. */
    public Handshake(Integer port, String serverName, Set<Key> keys, Optional<Demand> demand) {
        this(port, serverName, keys, demand, false);
    }

    /** The same for what passes unread. */
    public Handshake forTunnel() {
        return new Handshake(port, serverName, keys, demand, true);
    }

    /** A kind of key of a certificate. */
    public enum Key {
        RSA,
        EC,
        ED25519;

        static Key of(Certificate certificate) {
            return switch (certificate.algorithm()) {
                case "RSA" -> RSA;
                case "EC" -> EC;
                default -> ED25519;
            };
        }
    }

    /**
     * That clients show a certificate.
     *
     * @param host that asks for it, for all names that it owns
     * @param always whether nobody is served without one; else each route says so for itself
     * @param authorities one of which has to have signed it
     */
    public record Demand(Hostname host, boolean always, Set<X509Certificate> authorities) {
        /** Whether clients may have keys of Ed25519, as one of the authorities has. */
        boolean takesEd25519() {
            return authorities.stream()
                    .anyMatch(one -> one.getPublicKey().getAlgorithm().equals("EdDSA"));
        }

        /** Who judges in the handshake: nobody where some routes are for everybody. */
        Set<X509Certificate> judges() {
            return always ? authorities : Set.of();
        }
    }

    /** Those of a host that the client can verify; all of them where that is none. */
    List<Certificate> usable(List<Certificate> certificates) {
        if (certificates.size() == 1) {
            return certificates;
        }
        var usable = certificates.stream()
                .filter(certificate -> keys.contains(Key.of(certificate)))
                .toList();
        return usable.isEmpty() || usable.size() == certificates.size() ? certificates : usable;
    }

    /** Makes an engine ask for what the host wants. */
    void ask(SSLEngine engine) {
        demand.ifPresent(asked -> {
            if (asked.always()) {
                engine.setNeedClientAuth(true);
            } else {
                engine.setWantClientAuth(true);
            }
        });
    }
}
