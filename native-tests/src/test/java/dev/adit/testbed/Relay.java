package dev.adit.testbed;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What lies between two hosts: it passes bytes on, and can forget connections as a router does, without a word. */
public final class Relay implements AutoCloseable {
    private final ServerSocket server;
    private final InetSocketAddress target;
    private final Set<Socket> passing = ConcurrentHashMap.newKeySet();
    private final Set<Socket> all = ConcurrentHashMap.newKeySet();

    public Relay(InetSocketAddress target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** From now on nothing passes on the connections that are open; both ends take them for open still. */
    public int forget() {
        var forgotten = passing.size();
        passing.clear();
        return forgotten;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (var socket : all) {
            socket.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var near = server.accept();
                var far = new Socket(target.getAddress(), target.getPort());
                all.add(near);
                all.add(far);
                passing.add(near);
                Thread.startVirtualThread(() -> pass(near, far, near));
                Thread.startVirtualThread(() -> pass(far, near, near));
            } catch (IOException _) {
                // the end, or nobody there
            }
        }
    }

    private void pass(Socket from, Socket to, Socket connection) {
        var bytes = new byte[16_384];
        try {
            for (var read = from.getInputStream().read(bytes);
                    read >= 0;
                    read = from.getInputStream().read(bytes)) {
                if (passing.contains(connection)) {
                    to.getOutputStream().write(bytes, 0, read);
                }
            }
        } catch (IOException _) {
            // closed at the other end
        }
        if (passing.remove(connection)) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException _) {
            // it is of no more use
        }
    }
}
