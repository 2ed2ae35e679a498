package dev.adit.soak;

import dev.adit.testbed.Program;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Connections that are held for long: tunnels, and streams of gRPC. */
public final class Held implements AutoCloseable {
    private static final String UPGRADE = "GET /ws HTTP/1.1\r\nHost: echo.soak.test\r\nConnection: Upgrade\r\n"
            + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

    private final List<Socket> tunnels = new ArrayList<>();
    private final Process streams;

    public Held(World world, int number, int grpcStreams) throws IOException, InterruptedException {
        for (var i = 0; i < number; i++) {
            var socket = new Socket("127.0.0.1", world.adit().http());
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(UPGRADE.getBytes(StandardCharsets.US_ASCII));
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                head.append((char) socket.getInputStream().read());
            }
            if (!head.toString().startsWith("HTTP/1.1 101 ")) {
                throw new IOException(head.toString());
            }
            tunnels.add(socket);
        }
        streams = Program.python(
                "grpcio",
                "grpc_streams.py",
                "client",
                "127.0.0.1:" + world.adit().http(),
                "grpc.soak.test",
                Integer.toString(grpcStreams));
        var line = streams.inputReader().readLine();
        if (!("ready " + grpcStreams).equals(line)) {
            throw new IOException("the streams are not open: " + line);
        }
    }

    /** How many tunnels still carry what is said. */
    public int open() {
        var open = 0;
        for (var i = 0; i < tunnels.size(); i++) {
            open += echoes(i) ? 1 : 0;
        }
        return open;
    }

    /** Whether one of them still does. */
    public boolean echoes(int number) {
        var socket = tunnels.get(number % tunnels.size());
        try {
            var message = ("tunnel " + number).getBytes(StandardCharsets.US_ASCII);
            socket.getOutputStream().write(message);
            return Arrays.equals(socket.getInputStream().readNBytes(message.length), message);
        } catch (IOException _) {
            return false;
        }
    }

    /** How many streams are open, and what they have carried; it is the last question. */
    public String streams() throws IOException {
        streams.getOutputStream().write('\n');
        streams.getOutputStream().flush();
        return streams.inputReader().readLine();
    }

    @Override
    public void close() throws IOException {
        streams.destroy();
        for (var tunnel : tunnels) {
            tunnel.close();
        }
    }
}
