package dev.adit.nativetests.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adit.neverdrop.Requests;
import dev.adit.testbed.Cluster;
import dev.adit.testbed.Helm;
import dev.adit.testbed.KiadaSuite;
import dev.adit.testbed.RawSocket;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Helm chart, installed, upgraded and removed by the real helm; its variants may do what those of kustomize may, and no more. */
@ResourceLock("cluster")
@Tag("either-build")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HelmChartTest {
    private static final String NAMESPACE = "adit-system";
    private static final String RELEASE = "adit";
    // One line for each rule, below the role that has it.
    private static final String RULES = "{range .items[*]}{.kind} {.metadata.name} {.metadata.namespace}{'\\n'}"
            + "{range .rules[*]}  {.verbs} {.apiGroups} {.resources} {.resourceNames}{'\\n'}{end}{end}";

    @TempDir
    static Path files;

    private static KiadaSuite suite;
    private static Helm helm;

    @BeforeAll
    static void install() throws Exception {
        Cluster.assumeThere(HelmChartTest.class);
        suite = KiadaSuite.install(files, cluster -> {
            helm = Helm.find().on(cluster);
            helm.run("install", RELEASE, Helm.CHART.toString(), "-n", NAMESPACE, "--create-namespace");
        });
    }

    @AfterAll
    static void remove() throws Exception {
        if (suite != null) {
            suite.close();
        }
    }

    @Test
    @Order(1)
    void notes_name_the_commands_that_show_the_address_and_explain_a_url() throws Exception {
        var notes = helm.run("get", "notes", RELEASE, "-n", NAMESPACE);
        assertThat(notes)
                .contains(
                        "kubectl -n adit-system rollout status deployment/adit",
                        "kubectl -n adit-system get service adit",
                        "kubectl -n adit-system exec deployment/adit -- /adit explain http://shop.example.com/");
    }

    @Test
    @Order(2)
    void an_upgrade_of_what_serves_requests_loses_none() throws Exception {
        try (var load = new Requests(suite.address(), 80, "api.example.com", "/quote", 300)) {
            upgrade("config.access-log=json,config.max-connections=1000000,config.status=on,podAnnotations.a=b");
            suite.cluster().rolledOut(NAMESPACE, "deployment/adit");
            load.awaitCount(2_000);
            load.close();
            assertThat(load.tally().failures()).as(load.tally().toString()).isZero();
        }
        assertThat(suite.cluster().jsonpath(NAMESPACE, "deployment/adit", "{.spec.template.spec.containers[0].args}"))
                .contains("--access-log=json", "--max-connections=1000000", "--status=on");
    }

    @Test
    @Order(2)
    void a_port_of_tcp_is_open_at_the_service() throws Exception {
        upgrade("tcp.5432=kiada/quote:80,networkPolicy.enabled=true");
        suite.cluster().rolledOut(NAMESPACE, "deployment/adit");
        KiadaSuite.eventually(() -> {
            try (var client = RawSocket.connectTo(suite.address(), 5_432)) {
                client.send("GET /quote HTTP/1.1\r\nHost: any.test\r\nConnection: close\r\n\r\n");
                assertThat(client.readAll()).startsWith("HTTP/1.1 200 OK");
            }
        });
    }

    @Test
    @Order(3)
    void a_release_becomes_one_for_edge_nodes_and_publishes_their_addresses() throws Exception {
        suite.cluster()
                .kubectl(
                        "label",
                        "namespace",
                        NAMESPACE,
                        "pod-security.kubernetes.io/enforce=privileged",
                        "--overwrite");
        upgrade("kind=DaemonSet,hostPort.enabled=true,service.enabled=false");
        suite.cluster().rolledOut(NAMESPACE, "daemonset/adit");
        var nodes = suite.cluster()
                .kubectl(
                        "get",
                        "nodes",
                        "-o",
                        "jsonpath={.items[*].status.addresses[?(@.type==\"InternalIP\")].address}");
        KiadaSuite.eventually(() -> assertThat(words(
                        suite.cluster().jsonpath("kiada", "ingress/kiada", "{.status.loadBalancer.ingress[*].ip}")))
                .isEqualTo(words(nodes)));
    }

    @ParameterizedTest
    @Order(4)
    @CsvSource(
            delimiter = '|',
            value = {
                "default | replicaCount=2",
                "hardened | rbac.secrets=get",
                "namespaced | watchNamespace=apps",
                "edge | kind=DaemonSet,hostPort.enabled=true,service.enabled=false",
                "ingress-nginx | ingressNginx.enabled=true,ingressNginx.configMap=ingress-nginx/ingress-nginx-controller,"
                        + "config.status=off"
            })
    void a_variant_is_granted_what_the_overlay_of_that_name_is(String overlay, String values) throws Exception {
        var manifests = suite.cluster()
                .file(helm.run("template", RELEASE, Helm.CHART.toString(), "-n", NAMESPACE, "--set", values));
        var chart = suite.cluster()
                .kubectl("apply", "--dry-run=client", "-f", manifests.toString(), "-o", "jsonpath=" + RULES);
        try (var expected = HelmChartTest.class.getResourceAsStream("/permissions/" + overlay + ".txt")) {
            assertThat(expected).isNotNull();
            assertThat(grants(chart)).isEqualTo(grants(new String(expected.readAllBytes(), UTF_8)));
        }
    }

    @Test
    @Order(4)
    void everything_switched_on_at_once_is_valid_yaml_that_helm_finds_nothing_wrong_with() throws Exception {
        var all =
                "metrics.serviceMonitor.enabled=true,metrics.prometheusRule.enabled=true,metrics.dashboard.enabled=true,"
                        + "networkPolicy.enabled=true,autoscaling.enabled=true,state.enabled=true,state.keySecret=k,ticketKeysSecret=t,"
                        + "managementTokenSecret=m,ingressClass.default=true,gateway.gatewayClass.create=true,ingressNginx.enabled=true";
        assertThat(helm.run("lint", "--strict", Helm.CHART.toString(), "--set", all))
                .contains("0 chart(s) failed");
        assertThat(helm.run("template", RELEASE, Helm.CHART.toString(), "--set", all))
                .contains(
                        "kind: PrometheusRule", "kind: ServiceMonitor", "kind: HorizontalPodAutoscaler", "adit.json:");
    }

    @ParameterizedTest
    @Order(4)
    @CsvSource(
            delimiter = '|',
            value = {
                "confg.access-log=json | additional properties 'confg' not allowed",
                "config.acces-log=json | additional properties 'acces-log' not allowed",
                "state.enabled=true | state.enabled needs state.keySecret",
                "service.enabled=false,publish.from=service | there is no Service whose addresses could be published",
                "kind=DaemonSet,autoscaling.enabled=true | autoscaling.enabled is for kind: Deployment only",
                "watchNamespace=apps,gateway.addresses=service | Use gateway.addresses: shared",
                "publish.from=service,service.type=NodePort | a Service of type NodePort has no addresses to publish",
                "config.management-port=8080 | They have to differ",
                "tcp.http=a/b:80 | additional properties 'http' not allowed",
                "tcp.9100=b:80 | does not match pattern",
                "tcp.9000=a/b:80 | port 9000 of tcp serves something else",
                "podLabels.app\\.kubernetes\\.io/name=x | podLabels"
            })
    void values_that_cannot_work_are_refused_with_what_is_wrong(String values, String why) {
        assertThatThrownBy(() -> helm.run("template", RELEASE, Helm.CHART.toString(), "--set", values))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why);
    }

    @Test
    @Order(5)
    void nothing_is_left_of_a_release_that_was_removed() throws Exception {
        helm.run("uninstall", RELEASE, "-n", NAMESPACE, "--wait");
        var kinds =
                "deployments,daemonsets,services,configmaps,roles,rolebindings,clusterroles,clusterrolebindings,ingressclasses";
        assertThat(suite.cluster().kubectl("get", kinds, "-A", "-l", "app.kubernetes.io/name=adit", "-o", "name"))
                .isEmpty();
    }

    private static void upgrade(String values) throws Exception {
        helm.run("upgrade", RELEASE, Helm.CHART.toString(), "-n", NAMESPACE, "--set", values);
    }

    /** Each rule with its namespace: which of the roles there has it makes no difference. */
    private static List<String> grants(String roles) {
        var grants = new ArrayList<String>();
        var scope = "";
        for (var line : roles.lines().map(String::stripTrailing).toList()) {
            if (line.startsWith("  ")) {
                grants.add(scope + line);
            } else {
                var words = line.split(" ", -1);
                scope = words[0].equals("Role") ? words[2] : words[0];
            }
        }
        return grants.stream().sorted().toList();
    }

    private static TreeSet<String> words(String text) {
        return new TreeSet<>(List.of(text.strip().split(" ")));
    }
}
