package dev.adit.bench.cost;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;

/**
 * Both ends of WebSockets with messages of 1 KiB (RFC 6455), as a program: {@code serve PORT} echoes them, {@code ask PORT
 * HOST SECONDS} has one under way on each of its connections and prints how many have come back.
 */
public final class WebSocketEcho {
    private static final int CONNECTIONS = 32;
    private static final int SIZE = 1024;
    // FIN and binary; a length of 16 bits, which a client's frame marks as masked.
    private static final byte[] SERVER_HEADER = {(byte) 0x82, 126, SIZE >> 8, 0};
    private static final byte[] CLIENT_HEADER = {(byte) 0x82, (byte) 0xfe, SIZE >> 8, 0, 1, 2, 3, 4};
    private static final String SWITCHING = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private WebSocketEcho() {}

    static List<String> command(String... arguments) {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var classes = WebSocketEcho.class.getProtectionDomain().getCodeSource().getLocation();
        var command =
                new ArrayList<>(List.of(java, "-Xmx64m", "-cp", classes.getPath(), WebSocketEcho.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    public static void main(String[] arguments) throws Exception {
        var port = Integer.parseInt(arguments[1]);
        if (arguments[0].equals("serve")) {
            serve(port);
        } else {
            System.out.println(ask(port, arguments[2], Integer.parseInt(arguments[3])) + " messages");
        }
    }

    private static void serve(int port) throws IOException {
        try (var server = new ServerSocket(port, 1024, InetAddress.getLoopbackAddress())) {
            while (true) {
                var client = server.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        }
    }

    private static void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            var in = new BufferedInputStream(client.getInputStream());
            var out = client.getOutputStream();
            while (!head(in).toLowerCase(java.util.Locale.ROOT).contains("\r\nupgrade: websocket\r\n")) {
                out.write(OK.getBytes(StandardCharsets.US_ASCII));
            }
            out.write(SWITCHING.getBytes(StandardCharsets.US_ASCII));
            var message = new byte[CLIENT_HEADER.length + SIZE];
            while (in.readNBytes(message, 0, message.length) == message.length) {
                out.write(unmasked(message));
            }
        } catch (IOException _) {
            // the client has gone
        }
    }

    private static byte[] unmasked(byte[] message) {
        var answer = Arrays.copyOf(SERVER_HEADER, SERVER_HEADER.length + SIZE);
        for (var i = 0; i < SIZE; i++) {
            answer[SERVER_HEADER.length + i] = (byte) (message[CLIENT_HEADER.length + i] ^ message[4 + i % 4]);
        }
        return answer;
    }

    private static long ask(int port, String host, int seconds) throws InterruptedException, ExecutionException {
        var end = System.nanoTime() + seconds * 1_000_000_000L;
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var askers = new ArrayList<Callable<Long>>();
            for (var i = 0; i < CONNECTIONS; i++) {
                askers.add(() -> ask(port, host, end));
            }
            var messages = 0L;
            for (var asker : executor.invokeAll(askers)) {
                messages += asker.get();
            }
            return messages;
        }
    }

    private static long ask(int port, String host, long end) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setTcpNoDelay(true);
            var in = new BufferedInputStream(socket.getInputStream());
            var request = "GET / HTTP/1.1\r\nHost: " + host + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            var head = head(in);
            if (!head.startsWith("HTTP/1.1 101 ")) {
                throw new IOException("no WebSocket: " + head);
            }
            var message = Arrays.copyOf(CLIENT_HEADER, CLIENT_HEADER.length + SIZE);
            var expected = unmasked(message);
            var answer = new byte[expected.length];
            var messages = 0L;
            while (System.nanoTime() < end) {
                socket.getOutputStream().write(message);
                if (in.readNBytes(answer, 0, answer.length) < answer.length || !Arrays.equals(answer, expected)) {
                    throw new EOFException("not the message that was sent, after " + messages);
                }
                messages++;
            }
            return messages;
        }
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n", Math.max(0, head.length() - 4)) < 0) {
            var next = in.read();
            if (next < 0) {
                throw new EOFException("in a head: " + head);
            }
            head.append((char) next);
        }
        return head.toString();
    }
}
