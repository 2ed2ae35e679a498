package dev.adit.neverdrop;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Program;
import dev.adit.testbed.Sites;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Who is attacked: Adit, or nginx, which shows what this machine lets anybody do beside such an attack. */
interface Attacked extends AutoCloseable {
    /** Where requests of HTTP/1 are taken. */
    int http();

    /** Where HTTP/2 is taken by prior knowledge. */
    int http2();

    /** With all its processes. */
    List<Long> pids();

    @Override
    void close() throws IOException, InterruptedException;

    /** The endpoints behind it. */
    record Origins(int web, int h2c, int hints) {}

    static Attacked adit(Path folder, Origins origins, int heapMegabytes) throws IOException, InterruptedException {
        Files.writeString(
                folder.resolve("web.yaml"),
                Sites.of("a.test", origins.web(), "http")
                        + Sites.of("b.test", origins.web(), "http")
                        + Sites.of(StreamAttacks.H2C_HOST, origins.h2c(), "kubernetes.io/h2c")
                        + Sites.of(StreamAttacks.HINTS_HOST, origins.hints(), "http"));
        var adit = Adit.serving(Adit.command(heapMegabytes), folder, "--h2c");
        return new Attacked() {
            @Override
            public int http() {
                return adit.http();
            }

            @Override
            public int http2() {
                return adit.http();
            }

            @Override
            public List<Long> pids() {
                return List.of(adit.pid());
            }

            @Override
            public void close() throws IOException {
                adit.close();
            }
        };
    }

    /** With the limits that it has by itself, but for the number of connections. */
    static Attacked nginx(Path folder, Origins origins) throws IOException, InterruptedException {
        var http = Adit.freePort();
        var http2 = Adit.freePort();
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
        var process = new ProcessBuilder(nginx, "-p", folder.toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("nginx.log").toFile())
                .start();
        while (!accepts(http2)) {
            if (!process.isAlive()) {
                throw new IOException("nginx ended: " + Files.readString(folder.resolve("nginx.log")));
            }
            LockSupport.parkNanos(1_000_000); // between two probes
        }
        return new Attacked() {
            @Override
            public int http() {
                return http;
            }

            @Override
            public int http2() {
                return http2;
            }

            @Override
            public List<Long> pids() {
                return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                        .map(ProcessHandle::pid)
                        .toList();
            }

            @Override
            public void close() throws InterruptedException {
                process.destroy();
                if (!process.waitFor(10, TimeUnit.SECONDS)) {
                    process.descendants().forEach(ProcessHandle::destroyForcibly);
                    process.destroyForcibly();
                }
            }
        };
    }

    private static boolean accepts(int port) {
        try (var _ = new Socket("127.0.0.1", port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
