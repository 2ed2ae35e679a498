package dev.adit.testbed;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** The server's side of TLS on connections that are there already, with one protocol by ALPN. */
public final class TlsServer {
    private final SSLContext context;
    private final String protocol;

    public TlsServer(Certificates pair, String protocol) throws IOException, GeneralSecurityException {
        this.protocol = protocol;
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(pair.keys(), Certificates.PASSWORD.toCharArray());
        context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
    }

    /** After the handshake. */
    public Socket accept(Socket connected) throws IOException {
        var socket = (SSLSocket) context.getSocketFactory().createSocket(connected, null, true);
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
