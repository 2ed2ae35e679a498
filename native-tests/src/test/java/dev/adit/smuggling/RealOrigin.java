package dev.adit.smuggling;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Ports;
import dev.adit.testbed.Program;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server that people run, as a process that answers every request. */
enum RealOrigin {
    NGINX("nginx", "nginx-light"),
    APACHE("apache2", "apache2-bin"),
    HAPROXY("haproxy", "haproxy"),
    LIGHTTPD("lighttpd", "lighttpd"),
    GO("go", "golang"),
    NODE("node", "nodejs"),
    PYTHON("python3", "python3");

    private static final Path SOURCES = Adit.ROOT.resolve("native-tests/origins");

    private static final String APACHE_HTTP2 = """
            LoadModule http2_module /usr/lib/apache2/modules/mod_http2.so
            Protocols h2c
            """;

    private final String program;
    private final String aptPackage;

    RealOrigin(String program, String aptPackage) {
        this.program = program;
        this.aptPackage = aptPackage;
    }

    /** Why it cannot run here, or an empty text. */
    String obstacle() {
        return path().isEmpty() ? program + " is not here (apt-get install " + aptPackage + ")" : "";
    }

    record Running(Process process, int port) implements AutoCloseable {
        @Override
        public void close() throws InterruptedException {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        }
    }

    /** Python's own server does not. */
    boolean speaksHttp2() {
        return this != PYTHON;
    }

    /** Whether it knows trailers of requests in HTTP/2: nginx ends the connection. */
    boolean takesTrailers() {
        return this != NGINX;
    }

    /**
     * Whether it can read all heads of a connection: lighttpd 1.4.69 skips those of streams that it does not want, and with
     * them what they add to the table by which later ones are read (RFC 7541). It takes those for malformed then. That
     * Adit's table is right is shown by our own reading of each connection, and by all other servers.
     */
    boolean keepsTable() {
        return this != LIGHTTPD;
    }

    /**
     * Starts it on loopback.
     *
     * @param http2 whether it speaks HTTP/2 by prior knowledge
     */
    Running start(Path directory, boolean http2) throws IOException, InterruptedException {
        var port = Ports.free();
        var log = directory.resolve("origin.log");
        var process = new ProcessBuilder(command(directory, port, http2))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!Program.awaitListening(process, new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            throw new IOException(this + " ended: " + Files.readString(log));
        }
        return new Running(process, port);
    }

    private List<String> command(Path directory, int port, boolean http2) throws IOException, InterruptedException {
        var executable = path();
        return switch (this) {
            case NGINX ->
                List.of(executable, "-p", directory.toString(), "-c", write(directory, "nginx.conf", """
                    daemon off; pid nginx.pid; error_log stderr error; events {}
                    http { access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
                      uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                      server { listen 127.0.0.1:%d%s; location / { return 200 "ok"; } } }
                    """.formatted(
                                port, http2 ? " http2" : "")));
            case APACHE ->
                List.of(
                        executable,
                        "-X",
                        "-d",
                        directory.toString(),
                        "-f",
                        write(directory, "apache.conf", """
                    ServerName origin
                    Listen 127.0.0.1:%1$d
                    PidFile %2$s/apache.pid
                    Mutex posixsem
                    ErrorLog %2$s/error.log
                    LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
                    LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
                    LoadModule alias_module /usr/lib/apache2/modules/mod_alias.so
                    DocumentRoot %2$s
                    AliasMatch ".*" "%2$s/ok.txt"
                    %3$s
                    """.formatted(port, directory, http2 ? APACHE_HTTP2 : "")));
            case HAPROXY ->
                List.of(executable, "-db", "-f", write(directory, "haproxy.cfg", """
                    defaults
                      mode http
                      option http-ignore-probes
                      timeout client 10s
                      timeout server 10s
                      timeout connect 1s
                    frontend web
                      bind 127.0.0.1:%d%s
                      http-request return status 200 content-type text/plain string ok
                    """.formatted(
                                port, http2 ? " proto h2" : "")));
            case LIGHTTPD ->
                List.of(executable, "-D", "-f", write(directory, "lighttpd.conf", """
                    server.modules = ("mod_rewrite")
                    server.bind = "127.0.0.1"
                    server.port = %d
                    server.document-root = "%s"
                    url.rewrite-once = (".*" => "/ok.txt")
                    """.formatted(port, directory)));
            case GO -> List.of(goBinary(executable, directory), Integer.toString(port));
            case NODE ->
                List.of(
                        executable,
                        SOURCES.resolve("origin.js").toString(),
                        Integer.toString(port),
                        http2 ? "http2" : "http");
            case PYTHON -> List.of(executable, SOURCES.resolve("origin.py").toString(), Integer.toString(port));
        };
    }

    private static String goBinary(String go, Path directory) throws IOException, InterruptedException {
        var binary = directory.resolve("origin").toString();
        var build = new ProcessBuilder(go, "build", "-o", binary, ".").directory(SOURCES.toFile());
        var process = build.redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(output);
        }
        return binary;
    }

    private static String write(Path directory, String name, String text) throws IOException {
        Files.writeString(directory.resolve("ok.txt"), "ok");
        return Files.writeString(directory.resolve(name), text).toString();
    }

    private String path() {
        var folders = System.getenv("PATH") + ":/usr/sbin:/usr/local/sbin";
        return Stream.of(folders.split(":", -1))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .map(Path::toString)
                .findFirst()
                .orElse("");
    }
}
