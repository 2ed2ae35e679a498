package dev.adit.testbed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** An endpoint that sends 103 (Early Hints) for ever, as fast as they are taken, and never a final response. */
public final class HintingOrigin implements AutoCloseable {
    private static final byte[] HINT = ("HTTP/1.1 103 Early Hints\r\nLink: </" + "x".repeat(4_000) + ">\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket server;
    private final AtomicLong sent = new AtomicLong();

    public HintingOrigin() throws IOException {
        this(0);
    }

    private HintingOrigin(int port) throws IOException {
        server = new ServerSocket(port, 1_024, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        Thread.ofVirtual().start(this::accept);
    }

    /** In a process of its own, until it is ended; argument: the port. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (var _ = new HintingOrigin(Integer.parseInt(arguments[0]))) {
            Thread.currentThread().join();
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    /** How many bytes have been taken. */
    public long sent() {
        return sent.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> hint(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void hint(Socket socket) {
        try (socket) {
            socket.getInputStream().read();
            while (true) {
                socket.getOutputStream().write(HINT);
                sent.addAndGet(HINT.length);
            }
        } catch (IOException _) {
            // whoever asked has gone
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
