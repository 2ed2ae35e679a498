package dev.adit.bench.cost;

import dev.adit.bench.Origin;
import dev.adit.bench.Subjects;
import dev.adit.testbed.Ports;
import dev.adit.testbed.Program;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An upstream on the processor of the client: what it takes there is not the proxy's. */
record FastOrigin(Process process, InetSocketAddress address) implements AutoCloseable {
    /** What is started for one origin, given its port. */
    private interface Launcher {
        List<String> command(int port) throws IOException, InterruptedException;
    }

    /** The interoperability server of gRPC, in Go. */
    static FastOrigin grpc(Path work) throws IOException, InterruptedException {
        var server = Program.grpc("server");
        return start(work, "grpc", port -> List.of(server.toString(), "-port=" + port));
    }

    /** Echoes messages. */
    static FastOrigin webSocket(Path work) throws IOException, InterruptedException {
        return start(work, "websocket", port -> WebSocketEcho.command("serve", Integer.toString(port)));
    }

    private static FastOrigin start(Path work, String name, Launcher launcher)
            throws IOException, InterruptedException {
        var address = new InetSocketAddress("127.0.0.1", Ports.free());
        var words = new ArrayList<>(List.of("taskset", "-c", "1"));
        words.addAll(launcher.command(address.getPort()));
        return await(
                new ProcessBuilder(words)
                        .redirectErrorStream(true)
                        .redirectOutput(work.resolve(name + ".log").toFile())
                        .start(),
                address);
    }

    private static FastOrigin await(Process process, InetSocketAddress address) throws IOException {
        if (!Program.awaitListening(process, address)) {
            throw new IOException("an origin ended with " + process.exitValue());
        }
        return new FastOrigin(process, address);
    }

    /** nginx, with static answers. */
    static FastOrigin start(Path work) throws IOException {
        var directory = Files.createDirectories(work.resolve("origin"));
        var address = new InetSocketAddress("127.0.0.1", Ports.free());
        Files.write(directory.resolve("large"), new byte[Origin.LARGE]);
        var configuration = Files.writeString(directory.resolve("nginx.conf"), """
                %s daemon off; worker_processes 1; pid nginx.pid; error_log stderr error;
                events { worker_connections 4096; }
                http {
                  access_log off; keepalive_requests 100000000; sendfile on;
                  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                  server { listen %s:%d; location / { return 200 "%s"; } location /large { root %s; } }
                }
                """.formatted(
                        user(), address.getHostString(), address.getPort(), "x".repeat(100), directory));
        var nginx = Subjects.found("nginx").orElseThrow();
        var process = new ProcessBuilder(
                        "taskset",
                        "-c",
                        "1",
                        nginx.toString(),
                        "-p",
                        directory.toString(),
                        "-c",
                        configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        return await(process, address);
    }

    /** As root its workers would become nobody, who may not read what is here. */
    private static String user() {
        return "root".equals(System.getProperty("user.name")) ? "user root;" : "";
    }

    @Override
    public void close() {
        process.destroy();
    }
}
