package dev.adit.nativetests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Backends;
import dev.adit.testbed.Cluster;
import dev.adit.testbed.GatewayDefinitions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Gateways and HTTPRoutes of a real API server: what is served, and what their statuses say. */
@ResourceLock("cluster")
class GatewayClusterTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ADDRESS = "192.0.2.1";

    private static final String OBJECTS = """
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: GatewayClass
            metadata: {name: adit}
            spec: {controllerName: adit.dev/gateway-controller}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: edge, namespace: default}
            spec:
              gatewayClassName: adit
              listeners: [{name: http, port: 80, protocol: HTTP}]
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: HTTPRoute
            metadata: {name: shop, namespace: default}
            spec:
              parentRefs: [{name: edge}]
              hostnames: [shop.test]
              rules: [{backendRefs: [{name: web, port: 80}]}]
            """;

    @Test
    void gateways_are_served_and_their_statuses_leave_those_of_others_alone() throws Exception {
        Cluster.assumeThere(GatewayClusterTest.class);
        try (var cluster = Cluster.up();
                var backends = new Backends(cluster.gateway()).service("web", 1)) {
            var kubeconfig = cluster.installForOutside();
            cluster.apply(backends.manifests());
            cluster.apply(GatewayDefinitions.all());
            cluster.kubectl("wait", "--for=condition=Established", "crd", "--all");
            try (var adit = Adit.startWith(kubeconfig, "serve", "--publish-address=" + ADDRESS)
                    .ready()) {
                cluster.apply(OBJECTS);
                await().atMost(PATIENCE).until(() -> Backends.code(adit, "shop") == 200);
                await().atMost(PATIENCE)
                        .until(() -> get(cluster, "gateway/edge", "{.status.addresses[0].value}")
                                .equals(ADDRESS));
                assertThat(get(cluster, "gateway/edge", "{.status.listeners[0].attachedRoutes}"))
                        .isEqualTo("1");
                assertThat(get(cluster, "gateway/edge", "{.status.conditions[?(@.type==\"Programmed\")].status}"))
                        .isEqualTo("True");
                assertThat(accepted(cluster, "status")).isEqualTo("True");
                othersEntriesStay(cluster);

                cluster.kubectl("delete", "httproute/shop");
                await().atMost(PATIENCE).until(() -> Backends.code(adit, "shop") == 404);
                await().atMost(PATIENCE)
                        .until(() -> get(cluster, "gateway/edge", "{.status.listeners[0].attachedRoutes}")
                                .equals("0"));
                assertThat(adit.output()).doesNotContain("Cannot follow", "No permission", "Exception");
            }
        }
    }

    /** Another controller has its say, and what we say of the route is of its newest version. */
    private static void othersEntriesStay(Cluster cluster) throws Exception {
        var since = accepted(cluster, "lastTransitionTime");
        cluster.kubectl(
                "patch",
                "httproute/shop",
                "--subresource=status",
                "--type=json",
                "-p",
                "[{\"op\": \"add\", \"path\": \"/status/parents/0\", \"value\": {\"controllerName\": \"example.com/other\","
                        + " \"parentRef\": {\"name\": \"theirs\"}, \"conditions\": []}}]");
        cluster.kubectl(
                "patch",
                "httproute/shop",
                "--type=merge",
                "-p",
                "{\"spec\": {\"hostnames\": [\"shop.test\", \"more.test\"]}}");
        await().atMost(PATIENCE)
                .until(() -> accepted(cluster, "observedGeneration").equals("2"));
        assertThat(accepted(cluster, "lastTransitionTime")).isEqualTo(since);
        assertThat(get(cluster, "httproute/shop", "{.status.parents[*].controllerName}"))
                .isEqualTo("example.com/other adit.dev/gateway-controller");
    }

    private static String accepted(Cluster cluster, String field) throws Exception {
        return get(
                cluster,
                "httproute/shop",
                "{.status.parents[?(@.controllerName==\"adit.dev/gateway-controller\")].conditions[?(@.type==\"Accepted\")]."
                        + field + "}");
    }

    private static String get(Cluster cluster, String object, String path) throws Exception {
        return cluster.kubectl("get", object, "-o", "jsonpath=" + path);
    }
}
