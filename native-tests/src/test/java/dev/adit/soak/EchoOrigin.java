package dev.adit.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Takes every upgrade, and sends back whatever comes. */
public final class EchoOrigin implements AutoCloseable {
    private static final String SWITCHING =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";

    private final ServerSocket server = new ServerSocket();

    public EchoOrigin(String address) throws IOException {
        server.bind(new InetSocketAddress(InetAddress.ofLiteral(address), 0), 4096);
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var client = server.accept();
                Thread.ofVirtual().start(() -> echo(client));
            }
        } catch (IOException _) {
            // closed
        }
    }

    private static void echo(Socket client) {
        try (client) {
            var in = client.getInputStream();
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                var next = in.read();
                if (next < 0) {
                    return;
                }
                head.append((char) next);
            }
            client.getOutputStream().write(SWITCHING.getBytes(StandardCharsets.US_ASCII));
            in.transferTo(client.getOutputStream());
        } catch (IOException _) {
            // the client has gone
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
