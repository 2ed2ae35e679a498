package dev.adit.bench.cost;

import dev.adit.bench.PeerFiles;
import dev.adit.bench.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/**
 * One way to load a subject.
 *
 * @param arguments of h2load, or of openssl's s_time for handshakes, beside those that every scenario has
 * @param routes how many the subject serves
 */
record Scenario(String title, boolean tls, String path, int routes, List<String> arguments) {
    // A SimpleRequest that asks for a response_size of 100, behind its length.
    private static final byte[] MESSAGE = {0, 0, 0, 0, 2, 0x10, 100};
    private static final String GRPC = "gRPC unary, h2 over TLS to h2c, 100 B";
    private static final String WEB_SOCKET = "WebSocket, 1 KiB echoed";

    private static final String POLICIES =
            "h1, 100 B, rewritten, for users with passwords, with CORS, a rate and a session";

    static final List<Scenario> ALL = List.of(
            new Scenario("h1, 100 B", false, "/", 1, List.of("--h1", "-c32")),
            new Scenario("h1, 100 B, 10,000 routes", false, "/", 10_000, List.of("--h1", "-c32")),
            new Scenario(
                    POLICIES,
                    false,
                    "/",
                    1,
                    List.of(
                            "--h1",
                            "-c32",
                            "-Hauthorization: " + PeerFiles.CREDENTIALS,
                            "-Horigin: https://app.test",
                            "-Hcookie: route=a")),
            new Scenario("h1, 1 MiB", false, "/large", 1, List.of("--h1", "-c8")),
            new Scenario("h1 over TLS, 100 B", true, "/", 1, List.of("--h1", "-c32")),
            new Scenario("h1 over TLS, 1 MiB", true, "/large", 1, List.of("--h1", "-c8")),
            new Scenario("h2, 100 B", true, "/", 1, List.of("-c16", "-m10")),
            new Scenario("h2, 1 MiB", true, "/large", 1, List.of("-c8", "-m2")),
            new Scenario(
                    GRPC,
                    true,
                    "/grpc.testing.TestService/UnaryCall",
                    1,
                    List.of("-c16", "-m10", "-Hcontent-type: application/grpc", "-Hte: trailers")),
            new Scenario(WEB_SOCKET, false, "/", 1, List.of()),
            new Scenario("TLS 1.2, full handshakes", true, "/", 1, List.of("-new", "-tls1_2")),
            new Scenario("TLS 1.2, resumed handshakes", true, "/", 1, List.of("-reuse", "-tls1_2")),
            new Scenario("TLS 1.3, full handshakes", true, "/", 1, List.of("-new", "-tls1_3")),
            // Its tickets come after the handshake, with the answer to a request.
            new Scenario(
                    "TLS 1.3, resumed handshakes, a request each",
                    true,
                    "/",
                    1,
                    List.of("-reuse", "-tls1_3", "-www", "/")));

    /** The same with a rate that every subject can take, for its latency. */
    static final Scenario STEADY =
            new Scenario("h1, 100 B at 3,200/s", false, "/", 1, List.of("--h1", "-c32", "--rps=100"));

    boolean isOfHttp2() {
        return title.startsWith("h2") || isOfGrpc();
    }

    boolean isOfGrpc() {
        return title.equals(GRPC);
    }

    boolean isOfPolicies() {
        return title.equals(POLICIES);
    }

    /** The policies are written for these alone. */
    boolean isFor(String subject) {
        return !isOfPolicies()
                || List.of("Adit native", "Adit on the JVM", "Traefik", "nginx").contains(subject);
    }

    boolean isOfWebSockets() {
        return title.equals(WEB_SOCKET);
    }

    boolean isOfHandshakes() {
        return title.startsWith("TLS");
    }

    /** The command line: on the other processor, where the origin is as well. */
    List<String> command(Setting setting, int seconds) throws IOException {
        var pinned = List.of("taskset", "-c", "1");
        if (isOfHandshakes()) {
            // One after the other, and no request on any.
            var words = new ArrayList<>(pinned);
            words.addAll(List.of("openssl", "s_time", "-time", Integer.toString(seconds)));
            words.addAll(arguments);
            words.addAll(List.of("-connect", "127.0.0.1:" + setting.https()));
            return words;
        }
        if (isOfWebSockets()) {
            var words = new ArrayList<>(pinned);
            words.addAll(WebSocketEcho.command(
                    "ask", Integer.toString(setting.http()), setting.scale().lastHost(), Integer.toString(seconds)));
            return words;
        }
        var words = new ArrayList<>(pinned);
        // Where each answer closes its connection it would never end.
        words.addAll(List.of("timeout", Integer.toString(seconds + 30), "h2load", "-t1", "-D" + seconds));
        words.addAll(arguments);
        if (isOfGrpc()) {
            words.add("-d" + Files.write(setting.directory().resolve("message"), MESSAGE));
        }
        words.add("--connect-to=127.0.0.1:" + (tls ? setting.https() : setting.http()));
        words.add((tls ? "https://" : "http://") + setting.scale().lastHost() + path);
        return words;
    }
}
