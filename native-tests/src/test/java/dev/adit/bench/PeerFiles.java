package dev.adit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The same routes in the language of each peer that reads a file, with keep-alive to the upstream and no access log. */
public final class PeerFiles {
    private PeerFiles() {}

    public static Path nginx(Setting setting) throws IOException {
        var servers = IntStream.range(0, setting.scale().routes())
                .mapToObj(i -> nginxServer(setting, i))
                .collect(Collectors.joining());
        return write(setting, "nginx.conf", """
                daemon off; worker_processes auto; pid nginx.pid; error_log stderr error;
                events { worker_connections 8192; }
                http {
                  access_log off; keepalive_requests 1000000; server_names_hash_max_size 32768; server_names_hash_bucket_size 128;
                  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                  upstream origin { server %s; keepalive 64; keepalive_requests 1000000; }
                %s}
                """.formatted(origin(setting), servers));
    }

    private static String nginxServer(Setting setting, int i) {
        var tls = i < setting.scale().certificates()
                ? "listen %d ssl; ssl_certificate %s; ssl_certificate_key %s; "
                        .formatted(
                                setting.https(),
                                pair(setting, i).certificate(),
                                pair(setting, i).key())
                : "";
        return """
                  server { listen %d; %sserver_name %s; location / {
                    proxy_pass http://origin; proxy_http_version 1.1; proxy_set_header Connection ""; proxy_set_header Host $host;
                    proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for; } }
                """.formatted(setting.http(), tls, setting.scale().host(i));
    }

    public static Path haproxy(Setting setting) throws IOException {
        var hosts = IntStream.range(0, setting.scale().routes())
                .mapToObj(i -> setting.scale().host(i) + " b" + i + "\n")
                .collect(Collectors.joining());
        var map = write(setting, "hosts.map", hosts);
        var backends = IntStream.range(0, setting.scale().routes())
                .mapToObj(i -> "backend b%d\n  server s %s\n".formatted(i, origin(setting)))
                .collect(Collectors.joining());
        return write(setting, "haproxy.cfg", """
                global
                  maxconn 8192
                defaults
                  mode http
                  timeout connect 5s
                  timeout client 60s
                  timeout server 60s
                  option forwardfor
                  http-reuse safe
                frontend web
                  bind :%d
                %s  use_backend %%[req.hdr(host),field(1,:),lower,map(%s)]
                %s""".formatted(setting.http(), haproxyTls(setting), map, backends));
    }

    private static String haproxyTls(Setting setting) throws IOException {
        if (setting.scale().certificates() == 0) {
            return "";
        }
        var directory = Files.createDirectories(setting.directory().resolve("certificates"));
        for (var i = 0; i < setting.scale().certificates(); i++) {
            var text = Files.readString(pair(setting, i).certificate())
                    + Files.readString(pair(setting, i).key());
            Files.writeString(directory.resolve(i + ".pem"), text);
        }
        return "  bind :%d ssl crt %s\n".formatted(setting.https(), directory);
    }

    public static Path caddy(Setting setting) throws IOException {
        var sites = IntStream.range(0, setting.scale().routes())
                .mapToObj(i -> caddySite(setting, i))
                .collect(Collectors.joining());
        return write(setting, "Caddyfile", """
                { admin off
                  auto_https off
                  http_port %d
                  https_port %d
                }
                %s""".formatted(setting.http(), setting.https(), sites));
    }

    private static String caddySite(Setting setting, int i) {
        var host = setting.scale().host(i);
        var plain = "http://%s {\n reverse_proxy %s\n}\n".formatted(host, origin(setting));
        return i < setting.scale().certificates()
                ? plain
                        + "https://%s {\n tls %s %s\n reverse_proxy %s\n}\n"
                                .formatted(
                                        host,
                                        pair(setting, i).certificate(),
                                        pair(setting, i).key(),
                                        origin(setting))
                : plain;
    }

    private static KeyPairs.KeyPair pair(Setting setting, int i) {
        return setting.pairs().pairs().get(i);
    }

    private static String origin(Setting setting) {
        return setting.origin().getHostString() + ":" + setting.origin().getPort();
    }

    private static Path write(Setting setting, String name, String text) throws IOException {
        return Files.writeString(setting.directory().resolve(name), text);
    }
}
