package dev.adit.nativetests.cluster;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Cluster;
import dev.adit.testbed.KiadaSuite;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The installation that takes over from ingress-nginx, as docs/migrate.md walks through it. */
@Tag("either-build")
@ResourceLock("cluster")
class TakeOverTest {
    private static final String OF_INGRESS_NGINX = """
            apiVersion: networking.k8s.io/v1
            kind: IngressClass
            metadata: {name: nginx}
            spec: {controller: k8s.io/ingress-nginx}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: ingress-nginx-controller, namespace: ingress-nginx}
            data: {http-redirect-code: "301"}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: default}
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
            metadata: {name: web, namespace: default}
            spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: web
              namespace: default
              annotations: {nginx.ingress.kubernetes.io/rewrite-target: /$2}
            spec:
              ingressClassName: nginx
              rules:
              - host: web.test
                http:
                  paths:
                  - {path: "/app(/|$)(.*)", pathType: ImplementationSpecific, backend: {service: {name: web, port: {number: 80}}}}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata:
              name: secure
              namespace: default
              annotations: {nginx.ingress.kubernetes.io/force-ssl-redirect: "true"}
            spec:
              ingressClassName: nginx
              rules:
              - host: secure.test
                http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
            """;

    private Cluster cluster;

    @BeforeEach
    void up() throws Exception {
        Cluster.assumeThere(TakeOverTest.class);
        cluster = Cluster.up();
    }

    @AfterEach
    void down() throws IOException {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    void ingresses_of_ingress_nginx_are_served_beside_it_then_shown_and_stay_when_it_goes() throws Exception {
        cluster.kubectl("create", "namespace", "ingress-nginx");
        cluster.apply(OF_INGRESS_NGINX);
        cluster.kubectl(
                "apply",
                "-k",
                Adit.ROOT.resolve("target/kubernetes/ingress-nginx").toString());
        cluster.rolledOut("default", "deployment/web");
        cluster.rolledOut("adit-system", "deployment/adit");
        var address = cluster.jsonpath("adit-system", "service/adit", "{.status.loadBalancer.ingress[0].ip}");
        KiadaSuite.eventually(() -> {
            assertThat(status(address, "web.test", "/app/quote")).isEqualTo(200);
            assertThat(status(address, "secure.test", "/"))
                    .as("by the ConfigMap")
                    .isEqualTo(301);
        });
        assertThat(shown()).as("the status, which is still the other's").isEmpty();

        cluster.kubectl(
                "-n",
                "adit-system",
                "patch",
                "deployment/adit",
                "--type=json",
                "-p",
                "[{\"op\": \"remove\", \"path\": \"/spec/template/spec/containers/0/args/5\"}]");
        cluster.rolledOut("adit-system", "deployment/adit");
        KiadaSuite.eventually(() -> assertThat(shown()).isEqualTo(address));

        cluster.kubectl("delete", "ingressclass", "nginx");
        cluster.kubectl("delete", "configmap", "ingress-nginx-controller", "-n", "ingress-nginx");
        KiadaSuite.eventually(() -> assertThat(status(address, "secure.test", "/"))
                .as("without the ConfigMap")
                .isEqualTo(308));
        assertThat(status(address, "web.test", "/app/quote"))
                .as("without the class")
                .isEqualTo(200);
    }

    private String shown() throws Exception {
        return cluster.jsonpath("default", "ingress/web", "{.status.loadBalancer.ingress[0].ip}");
    }

    private static int status(String address, String host, String path) {
        return given().redirects()
                .follow(false)
                .header("Host", host)
                .get("http://" + address + path)
                .statusCode();
    }
}
