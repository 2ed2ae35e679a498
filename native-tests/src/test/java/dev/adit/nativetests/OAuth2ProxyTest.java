package dev.adit.nativetests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Ports;
import dev.adit.testbed.Program;
import dev.adit.testbed.RecordingOrigin;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The most used service of auth-url, as its documentation sets it up for ingress-nginx. */
class OAuth2ProxyTest {
    private static final String PACKAGE = "github.com/oauth2-proxy/oauth2-proxy/v7@v7.15.6";
    // As `htpasswd -nbs ann secret` writes it.
    private static final String USERS = "ann:{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=\n";
    private static final String MANIFESTS = """
            ---
            apiVersion: networking.k8s.io/v1
            kind: IngressClass
            metadata: {name: nginx}
            spec: {controller: k8s.io/ingress-nginx}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: guarded
              annotations:
                nginx.ingress.kubernetes.io/auth-url: "http://127.0.0.1:%1$d/oauth2/auth"
                nginx.ingress.kubernetes.io/auth-signin: "http://$http_host/oauth2/sign_in?rd=$escaped_request_uri"
                nginx.ingress.kubernetes.io/auth-response-headers: X-Auth-Request-User
            spec:
              ingressClassName: nginx
              rules: [{http: {paths: [{path: /app, pathType: Prefix, backend: {service: {name: origin, port: {number: 80}}}}]}}]
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: sign-in}
            spec:
              ingressClassName: nginx
              rules: [{http: {paths: [{path: /oauth2, pathType: Prefix, backend: {service: {name: oauth2-proxy, port: {number: 80}}}}]}}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: oauth2-proxy}
            spec: {ports: [{port: 80}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: oauth2-proxy-1, labels: {kubernetes.io/service-name: oauth2-proxy}}
            addressType: IPv4
            ports: [{port: %1$d}]
            endpoints: [{addresses: [127.0.0.1]}]
            """;

    @Test
    void who_has_signed_in_is_served_and_nobody_else(@TempDir Path manifests) throws Exception {
        var port = Ports.free();
        var service = start(manifests, port);
        try (var origin = new RecordingOrigin()) {
            assertThat(Program.awaitListening(service, new InetSocketAddress("127.0.0.1", port)))
                    .isTrue();
            Files.writeString(manifests.resolve("all.yaml"), origin.manifests("open.test") + MANIFESTS.formatted(port));
            try (var adit = Adit.serving(manifests, "--ingress-nginx").ready();
                    var client = HttpClient.newHttpClient()) {
                var page = URI.create("http://127.0.0.1:" + adit.http() + "/app/x?a=b");
                var sent = client.send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofString());
                assertThat(sent.statusCode()).isEqualTo(302);
                var signIn = URI.create(sent.headers().firstValue("location").orElseThrow());
                assertThat(signIn.getQuery()).isEqualTo("rd=/app/x?a=b");

                assertThat(post(client, signIn, "wrong").headers().allValues("set-cookie"))
                        .noneMatch(OAuth2ProxyTest::isSession);
                var signedIn = post(client, signIn, "secret");
                assertThat(signedIn.statusCode()).isEqualTo(302);
                assertThat(signedIn.headers().firstValue("location")).isEqualTo(Optional.of("/app/x?a=b"));
                var cookie = signedIn.headers().allValues("set-cookie").stream()
                        .filter(OAuth2ProxyTest::isSession)
                        .map(text -> text.substring(0, text.indexOf(';')))
                        .findFirst()
                        .orElseThrow();

                assertThat(status(client, page, cookie)).isEqualTo(200);
                assertThat(origin.heads().getLast().toLowerCase(Locale.ROOT)).contains("x-auth-request-user: ann\r\n");
                assertThat(status(client, page, cookie.replaceFirst("=.", "=!")))
                        .isEqualTo(302);
            }
        } finally {
            service.destroy();
        }
    }

    private static Process start(Path folder, int port) throws IOException, InterruptedException {
        var program = Program.go("oauth2-proxy", PACKAGE);
        var users = Files.writeString(folder.resolve("users"), USERS);
        return new ProcessBuilder(List.of(
                        program.toString(),
                        "--http-address=127.0.0.1:" + port,
                        "--provider=github",
                        "--client-id=adit",
                        "--client-secret=of-nobody",
                        "--cookie-secret=0123456789abcdef",
                        "--cookie-secure=false",
                        "--email-domain=*",
                        "--htpasswd-file=" + users,
                        "--set-xauthrequest",
                        "--upstream=static://202"))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("oauth2-proxy.log").toFile())
                .start();
    }

    private static boolean isSession(String cookie) {
        return cookie.startsWith("_oauth2_proxy=") && !cookie.startsWith("_oauth2_proxy=;");
    }

    private static HttpResponse<String> post(HttpClient client, URI page, String password)
            throws IOException, InterruptedException {
        var form =
                "username=ann&password=" + password + "&rd=" + URLEncoder.encode("/app/x?a=b", StandardCharsets.UTF_8);
        var request = HttpRequest.newBuilder(page)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static int status(HttpClient client, URI page, String cookie) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(page).header("Cookie", cookie).build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
