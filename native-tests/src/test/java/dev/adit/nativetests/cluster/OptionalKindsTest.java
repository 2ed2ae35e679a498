package dev.adit.nativetests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Backends;
import dev.adit.testbed.Cluster;
import dev.adit.testbed.GatewayDefinitions;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A kind of the Gateway API comes and goes while Adit runs. */
@ResourceLock("cluster")
@Tag("either-build")
class OptionalKindsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String GATEWAY_CLASS = """
            apiVersion: gateway.networking.k8s.io/v1
            kind: GatewayClass
            metadata: {name: adit}
            spec: {controllerName: adit.dev/gateway-controller}
            """;
    private static final String COMES = "GatewayClass: the API server has this kind";
    private static final String GOES = "GatewayClass: the API server does not have this kind any more";

    @Test
    void a_kind_that_comes_and_goes_is_followed_without_a_restart_and_disturbs_nobody() throws Exception {
        Cluster.assumeThere(OptionalKindsTest.class);
        try (var cluster = Cluster.up();
                var backends = new Backends(cluster.gateway()).service("web", 1)) {
            var kubeconfig = cluster.installForOutside();
            cluster.apply(backends.manifests() + Backends.ingress("before"));
            try (var adit = Adit.startWith(kubeconfig, "serve").ready()) {
                assertThat(Backends.code(adit, "before")).isEqualTo(200);
                assertThat(adit.output()).doesNotContain("GatewayClass");

                cluster.apply(GatewayDefinitions.gatewayClass());
                await().atMost(PATIENCE).until(() -> count(adit, COMES) == 1);
                cluster.kubectl("wait", "--for=condition=Established", "crd/gatewayclasses.gateway.networking.k8s.io");
                cluster.apply(GATEWAY_CLASS + Backends.ingress("during"));
                await().atMost(PATIENCE).until(() -> Backends.code(adit, "during") == 200);
                await().atMost(PATIENCE)
                        .until(() -> condition(cluster, "Accepted", "status").equals("True"));
                othersConditionsStay(cluster);

                cluster.kubectl("delete", "crd", "gatewayclasses.gateway.networking.k8s.io");
                await().atMost(PATIENCE).until(() -> count(adit, GOES) == 1);
                cluster.apply(Backends.ingress("after"));
                await().atMost(PATIENCE).until(() -> Backends.code(adit, "after") == 200);

                cluster.apply(GatewayDefinitions.gatewayClass());
                await().atMost(PATIENCE).until(() -> count(adit, COMES) == 2);
                assertThat(Backends.code(adit, "before")).isEqualTo(200);
                assertThat(adit.output()).doesNotContain("Cannot follow", "No permission", "Exception");
                assertThat(secondsOfLease(cluster)).isEqualTo("30");
            }
            // Given back: it runs out at once, and who follows need not wait.
            assertThat(secondsOfLease(cluster)).isEqualTo("1");
        }
    }

    /** Another controller has its say, and a new generation is seen by us. */
    private static void othersConditionsStay(Cluster cluster) throws Exception {
        var since = condition(cluster, "Accepted", "lastTransitionTime");
        cluster.kubectl(
                "patch",
                "gatewayclass/adit",
                "--subresource=status",
                "--type=json",
                "-p",
                "[{\"op\": \"add\", \"path\": \"/status/conditions/-\", \"value\": {\"type\": \"Other\", \"status\": \"True\"}}]");
        cluster.kubectl("patch", "gatewayclass/adit", "--type=merge", "-p", "{\"spec\": {\"description\": \"new\"}}");
        await().atMost(PATIENCE)
                .until(() ->
                        condition(cluster, "Accepted", "observedGeneration").equals("2"));
        assertThat(condition(cluster, "Accepted", "lastTransitionTime")).isEqualTo(since);
        assertThat(condition(cluster, "Other", "status")).isEqualTo("True");
    }

    private static String secondsOfLease(Cluster cluster) throws Exception {
        return cluster.kubectl(
                "get",
                "lease",
                "--all-namespaces",
                "--field-selector=metadata.name=adit-leader",
                "-o",
                "jsonpath={.items[*].spec.leaseDurationSeconds}");
    }

    private static String condition(Cluster cluster, String type, String field) throws Exception {
        return cluster.kubectl(
                "get",
                "gatewayclass/adit",
                "-o",
                "jsonpath={.status.conditions[?(@.type==\"" + type + "\")]." + field + "}");
    }

    private static long count(Adit adit, String text) throws Exception {
        return adit.output().lines().filter(line -> line.contains(text)).count();
    }
}
