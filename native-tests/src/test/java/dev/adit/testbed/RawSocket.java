package dev.adit.testbed;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.net.ssl.SSLSocket;

/** A client that sends exactly what it is given, from any loopback address, and can begin TLS behind something else. */
public final class RawSocket implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private Socket socket;

    private RawSocket(Socket socket) {
        this.socket = socket;
    }

    public static RawSocket connect(int port) throws IOException {
        return connect("127.0.0.1", port);
    }

    /** To an address of another host. */
    public static RawSocket connectTo(String address, int port) throws IOException {
        return connect(new Socket(), address, port);
    }

    /** To 127.0.0.1, which takes that for the peer. */
    public static RawSocket connect(String own, int port) throws IOException {
        var socket = new Socket();
        socket.bind(new InetSocketAddress(InetAddress.ofLiteral(own), 0));
        return connect(socket, "127.0.0.1", port);
    }

    private static RawSocket connect(Socket socket, String address, int port) throws IOException {
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral(address), port), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        return new RawSocket(socket);
    }

    /** TLS from here on. */
    public RawSocket secure(String host, String... protocols) throws IOException, GeneralSecurityException {
        var secured = TlsClient.over(socket, host, protocols);
        socket = secured;
        secured.startHandshake();
        return this;
    }

    /** The same by one version of TLS only. */
    public RawSocket secureBy(String version, String host, String... protocols)
            throws IOException, GeneralSecurityException {
        var secured = TlsClient.over(socket, host, protocols);
        secured.setEnabledProtocols(new String[] {version});
        socket = secured;
        secured.startHandshake();
        return this;
    }

    /** What the server has chosen of the protocols that were offered; empty for nothing. */
    public String protocol() {
        return ((SSLSocket) socket).getApplicationProtocol();
    }

    public RawSocket send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public RawSocket send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    /** A byte in a packet. */
    public RawSocket dribble(byte[] bytes) throws IOException {
        for (var next : bytes) {
            socket.getOutputStream().write(next);
        }
        return this;
    }

    /** Until the server closes, by a reset as well. */
    public String readAll() throws IOException {
        return new String(readBytes(), StandardCharsets.ISO_8859_1);
    }

    public byte[] readBytes() throws IOException {
        var read = new ByteArrayOutputStream();
        try {
            for (var next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                read.write(next);
            }
        } catch (SocketTimeoutException e) {
            throw e; // it is still open
        } catch (IOException _) {
            // a reset
        }
        return read.toByteArray();
    }

    /** Up to and including this. */
    public String readTo(String end) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(end, Math.max(0, read.length() - end.length())) < 0) {
            var next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("closed after: " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    /** So many bytes. */
    public byte[] read(int bytes) throws IOException {
        var read = socket.getInputStream().readNBytes(bytes);
        if (read.length < bytes) {
            throw new IOException("closed after " + read.length + " bytes of " + bytes);
        }
        return read;
    }

    /** The same, where each of them comes within that time. */
    public byte[] read(int bytes, int millis) throws IOException {
        socket.setSoTimeout(millis);
        return read(bytes);
    }

    /** What has come, or comes within that time; nothing at the end. */
    public byte[] readSome(int millis) throws IOException {
        socket.setSoTimeout(millis);
        var buffer = new byte[8192];
        var count = socket.getInputStream().read(buffer);
        return count < 0 ? new byte[0] : Arrays.copyOf(buffer, count);
    }

    /** Whether the server has closed without a word, or does so within that time. */
    public boolean isRefused(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException _) {
            return false;
        } catch (IOException _) {
            return true;
        } finally {
            socket.setSoTimeout(PATIENCE_MILLIS);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
