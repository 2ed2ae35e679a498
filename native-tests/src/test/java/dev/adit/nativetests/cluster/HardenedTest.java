package dev.adit.nativetests.cluster;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Certificates;
import dev.adit.testbed.Cluster;
import dev.adit.testbed.KiadaSuite;
import dev.adit.testbed.TlsClient;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The installations with less permission than the default one, each on a control plane of its own. */
@Tag("either-build")
@ResourceLock("cluster")
class HardenedTest {
    private static final String ACCOUNT = "--as=system:serviceaccount:adit-system:adit";

    @TempDir
    Path files;

    private Cluster cluster;

    @BeforeEach
    void up() throws Exception {
        Cluster.assumeThere(HardenedTest.class);
        cluster = Cluster.up();
    }

    @AfterEach
    void down() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void secrets_are_served_that_an_ingress_names_and_no_others_can_be_listed() throws Exception {
        var address = install("hardened");
        assertThat(canI("list", "secrets", "apps")).isEqualTo("no");
        assertThat(canI("watch", "secrets", "apps")).isEqualTo("no");
        serves(address);
        isJudgedByAnOpaqueSecret(address);
    }

    @Test
    void one_namespace_can_be_served_with_permissions_in_it_alone() throws Exception {
        var address = install("namespaced");
        assertThat(canI("list", "ingresses.networking.k8s.io", "default")).isEqualTo("no");
        assertThat(canI("get", "secrets", "default")).isEqualTo("no");
        assertThat(canI("list", "secrets", "apps")).isEqualTo("no");
        serves(address);
        KiadaSuite.eventually(() -> assertThat(cluster.kubectl("-n", "apps", "get", "ingress", "web"))
                .contains(address));
    }

    private String install(String installation) throws Exception {
        cluster.kubectl("create", "namespace", "apps");
        cluster.kubectl(
                "apply",
                "-k",
                Adit.ROOT.resolve("target/kubernetes/" + installation).toString());
        var certificate = Certificates.make(files, "web", "web.test");
        cluster.kubectl(
                "-n",
                "apps",
                "create",
                "secret",
                "tls",
                "web-tls",
                "--cert=" + certificate.certificate(),
                "--key=" + certificate.key());
        cluster.apply("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web, namespace: apps}
                spec:
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                      containers:
                      - {name: web, image: adit, args: [sample, quote, --port=8080], ports: [{containerPort: 8080}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: web, namespace: apps}
                spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
                """);
        cluster.apply(ingress(""));
        cluster.rolledOut("apps", "deployment/web");
        cluster.rolledOut("adit-system", "deployment/adit");
        return cluster.jsonpath("adit-system", "service/adit", "{.status.loadBalancer.ingress[0].ip}");
    }

    private static String ingress(String annotations) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: web, namespace: apps, annotations: {%s}}
                spec:
                  ingressClassName: adit
                  tls: [{hosts: [web.test], secretName: web-tls}]
                  rules:
                  - host: web.test
                    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
                """.formatted(annotations);
    }

    private static void serves(String address) {
        KiadaSuite.eventually(() -> {
            assertThat(given().header("Host", "web.test")
                            .get("http://" + address + "/quote")
                            .statusCode())
                    .isEqualTo(200);
            var answer = TlsClient.get(address, 443, "web.test", "/quote");
            assertThat(answer.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=web.test");
        });
    }

    private void isJudgedByAnOpaqueSecret(String address) throws Exception {
        var authority = Certificates.make(files, "authority", "authority.test");
        cluster.kubectl(
                "-n",
                "apps",
                "create",
                "secret",
                "generic",
                "members",
                "--from-file=ca.crt=" + authority.certificate());
        cluster.apply(ingress("adit.dev/client-ca: members"));
        KiadaSuite.eventually(() -> assertThat(given().redirects()
                        .follow(false)
                        .header("Host", "web.test")
                        .get("http://" + address + "/quote")
                        .statusCode())
                .isEqualTo(308));
    }

    private String canI(String verb, String resource, String namespace) throws Exception {
        try {
            return cluster.kubectl("auth", "can-i", verb, resource, "-n", namespace, ACCOUNT);
        } catch (IOException e) {
            return "no";
        }
    }
}
