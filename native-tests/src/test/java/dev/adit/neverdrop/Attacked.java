package dev.adit.neverdrop;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Ports;
import dev.adit.testbed.Program;
import dev.adit.testbed.Sites;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Who is attacked: Adit, or nginx, which shows what this machine lets anybody do beside such an attack.
 *
 * @param http where requests of HTTP/1 are taken
 * @param http2 where HTTP/2 is taken by prior knowledge
 * @param process the one that all its processes descend from
 */
record Attacked(int http, int http2, ProcessHandle process) implements AutoCloseable {
    private static final int PATIENCE_SECONDS = 20;

    /** The endpoints behind it. */
    record Origins(int web, int h2c, int hints) {}

    static Attacked adit(Path folder, Origins origins, int heapMegabytes) throws IOException {
        Files.writeString(
                folder.resolve("web.yaml"),
                Sites.of("a.test", origins.web(), "http")
                        + Sites.of("b.test", origins.web(), "http")
                        + Sites.of(StreamAttacks.H2C_HOST, origins.h2c(), "kubernetes.io/h2c")
                        + Sites.of(StreamAttacks.HINTS_HOST, origins.hints(), "http"));
        var adit = Adit.serving(Adit.command(heapMegabytes), folder, "--h2c");
        return new Attacked(
                adit.http(), adit.http(), ProcessHandle.of(adit.pid()).orElseThrow());
    }

    /** With the limits that it has by itself, but for the number of connections. */
    static Attacked nginx(Path folder, Origins origins) throws IOException, InterruptedException {
        var http = Ports.free();
        var http2 = Ports.free();
        var configuration = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off; worker_processes auto; pid nginx.pid; error_log stderr crit; worker_rlimit_nofile 65536;
                events { worker_connections 16384; }
                http {
                  access_log off; keepalive_requests 1000000;
                  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                  upstream web { server 127.0.0.1:%3$d; keepalive 64; keepalive_requests 1000000; }
                  proxy_http_version 1.1; proxy_set_header Host $host; proxy_set_header Connection "";
                  server { listen %1$d; listen %2$d http2; server_name a.test b.test; location / { proxy_pass http://web; } }
                  server { listen %1$d; listen %2$d http2; server_name h2c.test; location / { grpc_pass grpc://127.0.0.1:%4$d; } }
                  server { listen %1$d; listen %2$d http2; server_name hints.test; location / { proxy_pass http://127.0.0.1:%5$d; } }
                }
                """.formatted(
                        http, http2, origins.web(), origins.h2c(), origins.hints()));
        var nginx = Program.installed("nginx", "nginx-light");
        var log = folder.resolve("nginx.log");
        var process = new ProcessBuilder(nginx, "-p", folder.toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!Program.awaitListening(process, new InetSocketAddress(InetAddress.getLoopbackAddress(), http2))) {
            throw new IOException("nginx ended: " + Files.readString(log));
        }
        return new Attacked(http, http2, process.toHandle());
    }

    List<Long> pids() {
        return Stream.concat(Stream.of(process), process.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    @Override
    public void close() {
        process.destroy();
        var _ = process.onExit()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .exceptionally(_ -> {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                    return process;
                })
                .join();
    }
}
