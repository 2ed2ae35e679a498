package dev.adit.tls;

import java.util.List;

/** What is offered to clients: forward secrecy and authenticated encryption alone (RFC 9325 §4.2). */
public final class CipherSuites {
    public static final List<String> MODERN = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    /** For the exchange of keys: what every client of the last ten years knows, the cheapest first. */
    public static final List<String> GROUPS = List.of("x25519", "secp256r1", "secp384r1");

    /** In our order; a client that offers protocols and none of these is refused (RFC 7301 §3.2). */
    public static final List<String> APPLICATION_PROTOCOLS = List.of("h2", "http/1.1", "http/1.0");

    /**
     * The property by which JSSE refuses a second handshake in TLS 1.2: a client could have as many as it likes of the
     * dearest thing a server does. To be set before JSSE is used.
     */
    public static final String NO_RENEGOTIATION = "jdk.tls.rejectClientInitiatedRenegotiation";

    private CipherSuites() {}
}
