package dev.adit.downstream.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adit.testbed.RunningProxy;
import dev.adit.testbed.TrustAll;
import dev.adit.tls.CipherSuites;
import java.net.InetAddress;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a client of TLS is offered. */
class CipherSuitesTest {
    private final RunningProxy proxy = new RunningProxy();

    @AfterEach
    void close() throws Exception {
        proxy.close();
    }

    @Test
    void each_suite_of_the_offer_that_fits_the_certificate_shakes_hands() throws Exception {
        for (var suite : CipherSuites.MODERN) {
            if (!suite.contains("RSA")) {
                assertThat(shakeHands(suite)).isEqualTo(suite);
            }
        }
    }

    @Test
    void a_suite_without_authenticated_encryption_does_not() {
        assertThatThrownBy(() -> shakeHands("TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256"))
                .isInstanceOf(SSLHandshakeException.class);
    }

    private String shakeHands(String suite) throws Exception {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        var address = InetAddress.getLoopbackAddress();
        try (var socket = (SSLSocket) context.getSocketFactory().createSocket(address, proxy.https())) {
            socket.setEnabledCipherSuites(new String[] {suite});
            socket.startHandshake();
            return socket.getSession().getCipherSuite();
        }
    }
}
