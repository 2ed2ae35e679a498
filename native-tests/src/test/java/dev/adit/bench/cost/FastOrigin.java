package dev.adit.bench.cost;

import dev.adit.bench.Origin;
import dev.adit.bench.Subjects;
import dev.adit.testbed.Adit;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/** nginx as the upstream, on the processor of the client: what it takes there is not the proxy's. */
record FastOrigin(Process process, InetSocketAddress address) implements AutoCloseable {
    static FastOrigin start(Path work) throws IOException {
        var directory = Files.createDirectories(work.resolve("origin"));
        var address = new InetSocketAddress("127.0.0.1", Adit.freePort());
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
        while (process.isAlive() && !accepts(address)) {
            LockSupport.parkNanos(1_000_000); // between two probes
        }
        return new FastOrigin(process, address);
    }

    /** As root its workers would become nobody, who may not read what is here. */
    private static String user() {
        return "root".equals(System.getProperty("user.name")) ? "user root;" : "";
    }

    private static boolean accepts(InetSocketAddress address) {
        try (var _ = new Socket(address.getAddress(), address.getPort())) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
