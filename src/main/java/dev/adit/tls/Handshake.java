package dev.adit.tls;

import io.netty.handler.ssl.ClientAuth;
import java.security.cert.X509Certificate;
import java.util.Set;
import javax.net.ssl.SSLEngine;

/**
 * What is known of a handshake before it is answered.
 *
 * @param serverName that the client asks for; empty where it names none
 * @param clients whether that host asks clients for a certificate
 * @param authorities by which the certificate is judged then
 */
public record Handshake(String serverName, ClientAuth clients, Set<X509Certificate> authorities) {

    /** Makes an engine ask for what the host wants. */
    void demand(SSLEngine engine) {
        switch (clients) {
            case REQUIRE -> engine.setNeedClientAuth(true);
            case OPTIONAL -> engine.setWantClientAuth(true);
            case NONE -> {}
        }
    }
}
