package dev.adit.testbed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;

/** An endpoint that speaks something of its own, by a script of the test. */
public final class StreamOrigin implements AutoCloseable {
    /** What to do with one connection, which is closed then. */
    @FunctionalInterface
    public interface Script {
        void speak(Socket socket) throws IOException;
    }

    private final ServerSocket server;
    private final Script script;

    public StreamOrigin(Script script) throws IOException {
        this.script = script;
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    /** One that says its name. */
    public static StreamOrigin saying(String name) throws IOException {
        return new StreamOrigin(socket -> socket.getOutputStream().write(name.getBytes(US_ASCII)));
    }

    /** Sends a text to a port of this machine, ends the output, and returns the whole answer. */
    public static String ask(int port, String text) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(text.getBytes(US_ASCII));
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var socket = server.accept();
                Thread.ofVirtual().start(() -> speak(socket));
            }
        } catch (SocketException e) {
            // it has been closed
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void speak(Socket socket) {
        try (socket) {
            script.speak(socket);
        } catch (IOException e) {
            // the other side has broken off
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
