package dev.adit.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The same routes in the language of each peer that reads a file, with keep-alive to the upstream and no access log. */
public final class PeerFiles {
    private static final String NGINX_HTTP = """
            proxy_pass http://origin; proxy_http_version 1.1; proxy_set_header Host $host;
            proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection $connection_upgrade;
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;""";
    /** Those of the one user, whose password is kept as SHA-1: the only hash that costs every peer alike. */
    public static final String CREDENTIALS = "Basic YW5uOnNlY3JldA==";

    /** The file of that user. */
    public static final String USERS = "ann:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=";

    private static final String NGINX_GUARDED = """
            if ($request_method = OPTIONS) { return 204; }
            add_header Access-Control-Allow-Origin https://app.test always; add_header Access-Control-Allow-Credentials true always;
            add_header Set-Cookie "route=a; HttpOnly" always;
            rewrite ^/(.*) /$1 break; auth_basic users; auth_basic_user_file %s; limit_req zone=clients burst=50000 nodelay;
            """;
    private static final String NGINX_GRPC = """
            grpc_pass grpc://origin; grpc_set_header Host $host;
            grpc_set_header X-Forwarded-For $proxy_add_x_forwarded_for;""";

    private static final String ENVOY = """
            static_resources:
              listeners:
            %s  clusters:
              - name: origin
                type: STATIC
                load_assignment:
                  cluster_name: origin
                  endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: %s, port_value: %d}}}}]}]
            %s""";
    private static final String ENVOY_H2C = """
                typed_extension_protocol_options:
                  envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                    "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                    explicit_http_config: {http2_protocol_options: {}}
            """;
    private static final String ENVOY_LISTENER = """
              - name: %s
                address: {socket_address: {address: 0.0.0.0, port_value: %d}}
                filter_chains:
                - filters:
                  - name: envoy.filters.network.http_connection_manager
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager
                      stat_prefix: web
                      use_remote_address: true
                      upgrade_configs: [{upgrade_type: websocket}]
                      http_filters:
                      - {name: router, typed_config: {"@type": type.googleapis.com/envoy.extensions.filters.http.router.v3.Router}}
                      route_config:
                        virtual_hosts:
            %s%s""";
    // As deep as what a listener's filter chain holds beside its filters.
    private static final String ENVOY_TLS = """
                  transport_socket:
                    name: tls
                    typed_config:
                      "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext
                      common_tls_context:
                        alpn_protocols: [h2, http/1.1]
                        tls_certificates: [{certificate_chain: {filename: %s}, private_key: {filename: %s}}]
            """;
    private static final String ENVOY_HOST = """
                        - {name: %s, domains: [%s], routes: [{match: {prefix: /}, route: {cluster: origin}}]}
            """;

    private PeerFiles() {}

    public static Path nginx(Setting setting) throws IOException {
        var servers = new StringBuilder();
        for (var i = 0; i < setting.scale().routes(); i++) {
            servers.append(nginxServer(setting, i));
        }
        return write(setting, "nginx.conf", """
                daemon off; worker_processes auto; pid nginx.pid; error_log stderr error;
                events { worker_connections 8192; }
                http {
                  access_log off; keepalive_requests 1000000; server_names_hash_max_size 32768; server_names_hash_bucket_size 128;
                  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi; uwsgi_temp_path uwsgi; scgi_temp_path scgi;
                  map $http_upgrade $connection_upgrade { default upgrade; "" ""; }
                  upstream origin { %sserver %s; keepalive 64; keepalive_requests 1000000; }
                %s%s}
                """.formatted(
                setting.isGuarded() ? "hash $cookie_route consistent; " : "",
                origin(setting),
                setting.isGuarded() ? "limit_req_zone $binary_remote_addr zone=clients:1m rate=1000000r/s;\n" : "",
                servers));
    }

    private static String nginxServer(Setting setting, int i) throws IOException {
        var tls = i < setting.scale().certificates()
                ? "listen %d ssl http2; ssl_protocols TLSv1.2 TLSv1.3; ssl_certificate %s; ssl_certificate_key %s; "
                        .formatted(
                                setting.https(),
                                pair(setting, i).certificate(),
                                pair(setting, i).key())
                : "";
        return """
                  server { listen %d; %sserver_name %s; location / { %s%s } }
                """.formatted(
                        setting.http(),
                        tls,
                        setting.scale().host(i),
                        setting.isGuarded() ? NGINX_GUARDED.formatted(write(setting, "users", USERS + "\n")) : "",
                        setting.isH2c() ? NGINX_GRPC : NGINX_HTTP);
    }

    public static Path haproxy(Setting setting) throws IOException {
        var hosts = IntStream.range(0, setting.scale().routes())
                .mapToObj(i -> setting.scale().host(i) + " b" + i + "\n")
                .collect(Collectors.joining());
        var map = write(setting, "hosts.map", hosts);
        var backends = IntStream.range(0, setting.scale().routes())
                .mapToObj(i -> "backend b%d\n  server s %s%s\n"
                        .formatted(i, origin(setting), setting.isH2c() ? " proto h2" : ""))
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
        return "  bind :%d ssl crt %s alpn h2,http/1.1\n".formatted(setting.https(), directory);
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
        var plain = "http://%s {\n reverse_proxy %s\n}\n".formatted(host, caddyOrigin(setting));
        return i < setting.scale().certificates()
                ? plain
                        + "https://%s {\n tls %s %s\n reverse_proxy %s\n}\n"
                                .formatted(
                                        host,
                                        pair(setting, i).certificate(),
                                        pair(setting, i).key(),
                                        caddyOrigin(setting))
                : plain;
    }

    public static Path envoy(Setting setting) throws IOException {
        var hosts = IntStream.range(0, setting.scale().routes())
                .mapToObj(setting.scale()::host)
                .map(host -> ENVOY_HOST.formatted(host, host))
                .collect(Collectors.joining());
        var listeners = ENVOY_LISTENER.formatted("http", setting.http(), hosts, "");
        if (setting.scale().certificates() > 0) {
            var tls = ENVOY_TLS.formatted(
                    pair(setting, 0).certificate(), pair(setting, 0).key());
            listeners += ENVOY_LISTENER.formatted("https", setting.https(), hosts, tls);
        }
        return write(
                setting,
                "envoy.yaml",
                ENVOY.formatted(
                        listeners,
                        setting.origin().getHostString(),
                        setting.origin().getPort(),
                        setting.isH2c() ? ENVOY_H2C : ""));
    }

    private static KeyPairs.KeyPair pair(Setting setting, int i) {
        return setting.pairs().pairs().get(i);
    }

    private static String caddyOrigin(Setting setting) {
        return (setting.isH2c() ? "h2c://" : "") + origin(setting);
    }

    private static String origin(Setting setting) {
        return setting.origin().getHostString() + ":" + setting.origin().getPort();
    }

    private static Path write(Setting setting, String name, String text) throws IOException {
        return Files.writeString(setting.directory().resolve(name), text);
    }
}
