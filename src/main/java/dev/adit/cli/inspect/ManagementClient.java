package dev.adit.cli.inspect;

import dev.adit.kube.source.SourceException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks the management port of an Adit on this machine. */
final class ManagementClient {
    private static final int MILLIS = 5_000;

    private ManagementClient() {}

    /**
     * The body of a 200.
     *
     * @param token that the instance asks for; empty for none
     */
    static String get(String address, int port, String target, String token) {
        String answer;
        try (var socket = connect(address, port)) {
            socket.setSoTimeout(MILLIS);
            // HTTP/1.0: the answer comes whole, and then the end.
            var authorization = token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n";
            var request = "GET " + target + " HTTP/1.0\r\nHost: localhost\r\n" + authorization + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new SourceException(
                    "no Adit answers on port %d of this machine: %s; give its --management-port (and --management-address), or ask by --manifests DIR or --cluster"
                            .formatted(port, e.getMessage()));
        }
        var end = answer.indexOf("\r\n\r\n");
        if (end < 0 || !answer.matches("(?s)HTTP/1\\.[01] 200 .*")) {
            if (answer.matches("(?s)HTTP/1\\.[01] 401 .*")) {
                throw new SourceException(
                        "the Adit on port " + port + " asks for a token: give --management-token-file");
            }
            var line = answer.lines().findFirst().orElse("nothing");
            var body = end < 0 ? "" : ": " + answer.substring(end + 4).strip();
            throw new SourceException("port %d answers '%s'%s".formatted(port, line, body));
        }
        return answer.substring(end + 4);
    }

    /** One that listens on every address is asked on loopback. */
    private static Socket connect(String address, int port) throws IOException {
        var given = InetAddress.getByName(address);
        return new Socket(given.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : given, port);
    }
}
