package dev.adit.nativetests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Certificates;
import dev.adit.testbed.Cluster;
import dev.adit.testbed.KiadaSuite;
import dev.adit.testbed.Ports;
import dev.adit.testbed.TlsClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The generated manifest on a real control plane, with its RBAC and nothing more, serving the kiada suite. */
@ResourceLock("cluster")
class ClusterTest {
    @TempDir
    static Path files;

    private static Cluster cluster;
    private static KiadaSuite suite;
    private static String address;

    @BeforeAll
    static void install() throws Exception {
        Cluster.assumeThere(ClusterTest.class);
        suite = KiadaSuite.install(files);
        cluster = suite.cluster();
        address = suite.address();
    }

    @AfterAll
    static void remove() throws Exception {
        if (suite != null) {
            suite.close();
        }
    }

    @Test
    void host_and_path_rules_lead_to_the_three_applications() {
        // Each kiada pod first has to reach the other two, through their Services.
        KiadaSuite.eventually(
                () -> assertThat(suite.get("kiada.example.com", "/").asString())
                        .contains("Quote of the moment")
                        .doesNotContain("cannot be reached"));
        assertThat(suite.get("api.example.com", "/quote").header("X-Application"))
                .isEqualTo("quote");
        assertThat(suite.get("api.example.com", "/questions/1").asString()).contains("\"id\":1");
        assertThat(suite.get("api.example.com", "/quote/1").header("X-Application"))
                .isEqualTo("fun404");
        assertThat(suite.get("any.example.com", "/").header("X-Application")).isEqualTo("kiada");
        assertThat(suite.get("elsewhere.test", "/").header("X-Application")).isEqualTo("fun404");
    }

    @Test
    void tls_is_terminated_with_the_certificate_of_the_secret() throws Exception {
        var answer = TlsClient.get(address, 443, "kiada.example.com", "/");
        assertThat(answer.certificate().getSubjectX500Principal().getName()).isEqualTo("CN=kiada.example.com");
        assertThat(answer.response()).contains("200 OK").contains("<dd>https</dd>");
        var other = TlsClient.get(address, 443, "other.test", "/");
        assertThat(other.certificate().getSubjectX500Principal().getName()).contains("Adit Default Certificate");
    }

    @Test
    void get_ingress_shows_the_address_of_the_load_balancer() {
        KiadaSuite.eventually(() -> assertThat(cluster.kubectl("-n", "kiada", "get", "ingress", "kiada"))
                .contains(address));
        KiadaSuite.eventually(() -> assertThat(managers("kiada")).contains("adit"));
    }

    @Test
    void describe_ingress_shows_what_is_broken_and_nothing_else_suffers() throws Exception {
        cluster.apply("""
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: broken, namespace: kiada}
                spec:
                  ingressClassName: adit
                  tls: [{hosts: [broken.test], secretName: nope}]
                  rules:
                  - host: broken.test
                    http:
                      paths:
                      - {path: /, pathType: Prefix, backend: {service: {name: missing, port: {number: 80}}}}
                      - {path: /port, pathType: Prefix, backend: {service: {name: kiada, port: {name: htp}}}}
                      - {path: /fine, pathType: Prefix, backend: {service: {name: quote, port: {name: http}}}}
                """);
        KiadaSuite.eventually(() -> assertThat(cluster.kubectl("-n", "kiada", "describe", "ingress", "broken"))
                .contains("ServiceNotFound", "Service kiada/missing does not exist")
                .contains("ServicePortNotFound", "port 'htp' of Service kiada/kiada does not exist; it has 80 (http)")
                .contains("SecretNotFound", "Secret kiada/nope"));
        assertThat(suite.get("broken.test", "/").statusCode()).isEqualTo(503);
        assertThat(suite.get("broken.test", "/fine").header("X-Application")).isEqualTo("quote");
        assertThat(suite.get("kiada.example.com", "/").statusCode()).isEqualTo(200);
    }

    @Test
    void a_doctor_finds_that_adit_may_and_does_what_it_has_to() throws Exception {
        var well = Adit.run(Map.of("KUBECONFIG", cluster.kubeconfig().toString()), "doctor", "--no-dns");
        assertThat(well.output())
                .contains(
                        "ServiceAccount adit-system/adit may do what Adit needs",
                        "all 2 are ready",
                        "Service adit has " + suite.address(),
                        "connections keep the addresses of clients",
                        "IngressClass adit is Adit's",
                        "0 errors");
        assertThat(well.exitCode()).isZero();
    }

    @Test
    void scaling_a_deployment_moves_traffic_within_a_second_of_the_endpoints() throws Exception {
        scale(3);
        KiadaSuite.eventually(() -> assertThat(pods(30)).hasSize(3));
        scale(1);
        KiadaSuite.eventually(() -> assertThat(endpoints("ready")).hasSize(1));
        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(pods(10)).hasSize(1));
        scale(0);
        // Those that go are asked as long as they serve, since nobody else is there.
        KiadaSuite.eventually(() -> assertThat(endpoints("serving")).isEmpty());
        await().atMost(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(
                                suite.get("api.example.com", "/questions/1").statusCode())
                        .isEqualTo(503));
        scale(1);
        KiadaSuite.eventually(
                () -> assertThat(suite.get("api.example.com", "/questions/1").statusCode())
                        .isEqualTo(200));
    }

    @Test
    void an_ingress_of_another_class_is_neither_served_nor_given_a_status() throws Exception {
        cluster.apply("""
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: foreign, namespace: kiada}
                spec:
                  ingressClassName: another
                  rules:
                  - host: foreign.test
                    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: quote, port: {number: 80}}}}]}
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: own-after-foreign, namespace: kiada}
                spec:
                  ingressClassName: adit
                  rules:
                  - host: own.test
                    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: quote, port: {number: 80}}}}]}
                """);
        // Once the later one has its address, the earlier one has been seen and left alone.
        KiadaSuite.eventually(() -> assertThat(cluster.kubectl("-n", "kiada", "get", "ingress", "own-after-foreign"))
                .contains(address));
        assertThat(suite.get("own.test", "/").header("X-Application")).isEqualTo("quote");
        assertThat(suite.get("foreign.test", "/").header("X-Application")).isEqualTo("fun404");
        assertThat(managers("foreign")).doesNotContain("adit");
    }

    @Test
    void an_ingress_that_leaves_shows_our_address_no_longer() throws Exception {
        var ingress = """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: leaving, namespace: kiada}
                spec:
                  ingressClassName: %s
                  rules:
                  - host: leaving.test
                    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: quote, port: {number: 80}}}}]}
                """;
        cluster.apply(ingress.formatted("adit"));
        KiadaSuite.eventually(() -> assertThat(addresses("leaving")).contains(address));
        cluster.apply(ingress.formatted("another"));
        KiadaSuite.eventually(() -> assertThat(addresses("leaving")).isEmpty());
        assertThat(suite.get("leaving.test", "/").header("X-Application")).isEqualTo("fun404");
        cluster.apply(ingress.formatted("adit"));
        KiadaSuite.eventually(() -> assertThat(addresses("leaving")).contains(address));
    }

    private static String addresses(String ingress) throws Exception {
        return cluster.jsonpath("kiada", "ingress/" + ingress, "{.status.loadBalancer.ingress}");
    }

    @Test
    void a_rotated_certificate_is_served_to_new_connections() throws Exception {
        var next = Certificates.make(files, "next", "kiada.example.com", "api.example.com");
        var secret = cluster.kubectl(
                "-n",
                "kiada",
                "create",
                "secret",
                "tls",
                "kiada-tls",
                "--dry-run=client",
                "-o",
                "yaml",
                "--cert=" + next.certificate(),
                "--key=" + next.key());
        var before = TlsClient.get(address, 443, "api.example.com", "/quote")
                .certificate()
                .getSerialNumber();
        cluster.apply(secret);
        KiadaSuite.eventually(() -> assertThat(TlsClient.get(address, 443, "api.example.com", "/quote")
                        .certificate()
                        .getSerialNumber())
                .isNotEqualTo(before));
    }

    @Test
    void the_service_account_may_do_nothing_that_the_manifest_does_not_say() throws Exception {
        var account = "--as=system:serviceaccount:adit-system:adit";
        var allowed = cluster.kubectl("auth", "can-i", "--list", "--no-headers", account);
        assertThat(allowed.lines().filter(l -> l.contains("[*]")).toList()).isEmpty();
        assertThat(canI("list", "secrets", account)).isEqualTo("yes");
        assertThat(canI("update", "secrets", account)).isEqualTo("no");
        assertThat(canI("update", "ingresses.networking.k8s.io", account)).isEqualTo("no");
        assertThat(canI("list", "pods", account)).isEqualTo("no");
    }

    @Test
    void without_permission_to_watch_it_ends_with_one_clear_line() throws Exception {
        cluster.kubectl("-n", "kiada", "create", "serviceaccount", "stranger");
        var kubeconfig = cluster.kubeconfigOf("kiada", "stranger");
        var ended = Adit.run(
                Map.of("KUBECONFIG", kubeconfig.toString()),
                "serve",
                "--http-port=" + Ports.free(),
                "--https-port=" + Ports.free(),
                "--management-port=" + Ports.free());
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output())
                .contains("no permission to list and watch")
                .contains("system:serviceaccount:kiada:stranger");
        assertThat(ended.output()).doesNotContain("\tat ");
    }

    private static Set<String> pods(int requests) {
        var pods = new TreeSet<String>();
        for (var i = 0; i < requests; i++) {
            pods.add(String.valueOf(suite.get("api.example.com", "/questions/1").header("X-Pod")));
        }
        return pods;
    }

    private static Set<String> endpoints(String condition) throws Exception {
        var path = "jsonpath={range .items[*].endpoints[*]}{.conditions." + condition + "}={.addresses[0]} {end}";
        var slices = new String[] {"get", "endpointslices", "-l", "kubernetes.io/service-name=quiz", "-n", "kiada"};
        var command = Stream.concat(Stream.of(slices), Stream.of("-o", path)).toArray(String[]::new);
        return Stream.of(cluster.kubectl(command).split(" "))
                .filter(text -> text.startsWith("true="))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void scale(int replicas) throws Exception {
        cluster.kubectl("-n", "kiada", "scale", "deployment/quiz", "--replicas=" + replicas);
    }

    private static String managers(String ingress) throws Exception {
        return cluster.jsonpath("kiada", "ingress/" + ingress, "{.metadata.managedFields[*].manager}");
    }

    private static String canI(String verb, String resource, String account) throws Exception {
        try {
            return cluster.kubectl("auth", "can-i", verb, resource, account);
        } catch (java.io.IOException e) {
            return "no";
        }
    }
}
