package dev.adit.downstream.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.RunningProxy;
import dev.adit.testbed.TrustAll;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that are begun with one connection, and resumed with the next. */
class ResumptionTest {
    private RunningProxy proxy = new RunningProxy();
    private SSLContext client;

    @BeforeEach
    void context() throws Exception {
        client = SSLContext.getInstance("TLS");
        client.init(null, new TrustManager[] {new TrustAll()}, null);
        proxy.certificates("a.test", "b.test");
    }

    @AfterEach
    void close() throws Exception {
        proxy.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void a_session_is_resumed_whatever_other_hosts_have_come_between(String version) throws Exception {
        var first = begun("a.test", version);
        begun("b.test", version);
        begun("no-certificate.test", version);
        assertThat(begun("a.test", version)).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void so_it_is_where_the_jdk_speaks_tls(String version) throws Exception {
        proxy.close();
        proxy = RunningProxy.withTlsOfJdk();
        proxy.certificates("a.test", "b.test");
        a_session_is_resumed_whatever_other_hosts_have_come_between(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void after_a_rotation_a_session_begins_anew(String version) throws Exception {
        var first = begun("a.test", version);
        proxy.certificates("a.test", "b.test");
        assertThat(begun("a.test", version)).isGreaterThan(first);
    }

    /** When the session of a connection was begun, in milliseconds. */
    private long begun(String host, String version) throws IOException {
        var before = System.currentTimeMillis();
        await().until(() -> System.currentTimeMillis() > before);
        var address = InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1});
        var plain = new Socket(address, proxy.https());
        try (var socket = (SSLSocket) client.getSocketFactory().createSocket(plain, host, proxy.https(), true)) {
            var parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(host)));
            parameters.setProtocols(new String[] {version});
            socket.setSSLParameters(parameters);
            socket.setSoTimeout(10_000);
            socket.getOutputStream()
                    .write(("GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 ");
            return socket.getSession().getCreationTime();
        }
    }
}
