package dev.adit.nativetests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.RecordingOrigin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords are verified by one thread for all event loops. */
class PasswordsTest {

    @Test
    void many_at_once_are_all_answered_by_whichever_event_loop_has_asked(@TempDir Path manifests) throws Exception {
        try (var origin = new RecordingOrigin()) {
            Files.writeString(manifests.resolve("all.yaml"), origin.manifests("open.test") + """
                    ---
                    apiVersion: networking.k8s.io/v1
                    kind: IngressClass
                    metadata: {name: nginx}
                    spec: {controller: k8s.io/ingress-nginx}
                    ---
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: users}
                    stringData: {auth: "ann:$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/"}
                    ---
                    apiVersion: networking.k8s.io/v1
                    kind: Ingress
                    metadata:
                      name: guarded
                      annotations:
                        nginx.ingress.kubernetes.io/auth-type: basic
                        nginx.ingress.kubernetes.io/auth-secret: users
                    spec:
                      ingressClassName: nginx
                      rules: [{http: {paths: [{path: /guarded, pathType: Prefix, backend: {service: {name: origin, port: {number: 80}}}}]}}]
                    """);
            try (var adit = Adit.serving(manifests, "--ingress-nginx").ready();
                    var client = HttpClient.newBuilder()
                            .version(HttpClient.Version.HTTP_1_1)
                            .build()) {
                var answers = new ArrayList<CompletableFuture<HttpResponse<Void>>>();
                for (var i = 0; i < 100; i++) {
                    var credentials = "ann:" + (i % 2 == 0 ? "secret" : "wrong" + i);
                    answers.add(client.sendAsync(request(adit, credentials), HttpResponse.BodyHandlers.discarding()));
                }
                for (var i = 0; i < answers.size(); i++) {
                    var status = answers.get(i).get(60, TimeUnit.SECONDS).statusCode();
                    assertThat(status).as("request %d", i).isEqualTo(i % 2 == 0 ? 200 : 401);
                }
            }
        }
    }

    private static HttpRequest request(Adit adit, String credentials) {
        var encoded = Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.US_ASCII));
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + adit.http() + "/guarded"))
                .header("Authorization", "Basic " + encoded)
                .timeout(Duration.ofSeconds(60))
                .build();
    }
}
