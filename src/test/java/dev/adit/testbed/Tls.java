package dev.adit.testbed;

import dev.adit.x509.SelfSigned;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/** TLS of the JDK, which takes any certificate. */
public final class Tls {
    private static final char[] PASSWORD = "password".toCharArray();

    private Tls() {}

    /**
     * Of a client or a server.
     *
     * @param own the certificate that it shows, or null
     */
    public static SSLContext context(SelfSigned own) throws GeneralSecurityException, IOException {
        var context = SSLContext.getInstance("TLS");
        var keys = KeyManagerFactory.getInstance("PKIX");
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        if (own != null) {
            store.setKeyEntry("own", own.key(), PASSWORD, new X509Certificate[] {own.certificate()});
        }
        keys.init(store, PASSWORD);
        context.init(keys.getKeyManagers(), new TrustManager[] {new TrustAll()}, null);
        return context;
    }

    /** A connection to a host at a port of this machine. */
    public static SSLSocket connect(String host, int port, SSLContext context) throws IOException {
        // By the host as the client knows it, under which it keeps its sessions.
        var address = InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1});
        var socket = (SSLSocket) context.getSocketFactory().createSocket(new Socket(address, port), host, port, true);
        var parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(10_000);
        return socket;
    }
}
