package dev.adit.testbed;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/** A TLS client that names any host to any address, and takes whatever certificate it is shown. */
public final class TlsClient {
    public record Answer(X509Certificate certificate, String response) {}

    private static final SSLContext KEPT = kept();

    private TlsClient() {}

    private static SSLContext kept() {
        try {
            return context();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK has no TLS", e);
        }
    }

    public static Answer get(String address, int port, String host, String path)
            throws IOException, GeneralSecurityException {
        return get(connect(address, port, host), host, path);
    }

    /** The same with the session of the last time, if the server takes it. */
    public static Answer resuming(String address, int port, String host, String path)
            throws IOException, GeneralSecurityException {
        return get(connect(KEPT, address, port, host), host, path);
    }

    private static Answer get(SSLSocket connected, String host, String path) throws IOException {
        try (var socket = connected) {
            socket.startHandshake();
            var leaf = (X509Certificate) socket.getSession().getPeerCertificates()[0];
            var request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new Answer(leaf, new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    /** Before its handshake. */
    public static SSLSocket connect(String address, int port, String host)
            throws IOException, GeneralSecurityException {
        return connect(context(), address, port, host);
    }

    /** On a connection that is there already, before its handshake. */
    static SSLSocket over(Socket connected, String host, String... protocols)
            throws IOException, GeneralSecurityException {
        var socket = (SSLSocket) context().getSocketFactory().createSocket(connected, host, connected.getPort(), true);
        var parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        parameters.setApplicationProtocols(protocols);
        socket.setSSLParameters(parameters);
        return socket;
    }

    private static SSLContext context() throws GeneralSecurityException {
        var context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        return context;
    }

    private static SSLSocket connect(SSLContext context, String address, int port, String host) throws IOException {
        var socket = (SSLSocket) context.getSocketFactory().createSocket();
        var parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(10_000);
        socket.connect(new InetSocketAddress(address, port), 10_000);
        return socket;
    }

    private static final class TrustAll extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
