package dev.adit.nativetests.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Backends;
import dev.adit.testbed.Cluster;
import dev.adit.testbed.GatewayDefinitions;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Gateways and HTTPRoutes of a real API server: what is served, and what their statuses say. */
@ResourceLock("cluster")
@Tag("either-build")
class GatewayClusterTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ADDRESS = "192.0.2.1";
    private static final int CLOSED = 0;

    private static final String CLASS = """
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: GatewayClass
            metadata: {name: adit}
            spec: {controllerName: adit.dev/gateway-controller}
            """;

    private static final String OBJECTS = CLASS + """
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

    private static final String EVERY_KIND = CLASS + """
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: all, namespace: default}
            spec:
              gatewayClassName: adit
              allowedListeners: {namespaces: {from: Same}}
              listeners:
              - {name: http, port: 80, protocol: HTTP}
              - {name: tls, port: 8443, protocol: TLS, tls: {mode: Passthrough}}
              - {name: tcp, port: 9000, protocol: TCP}
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: ListenerSet
            metadata: {name: a, namespace: default}
            spec:
              parentRef: {name: all, kind: Gateway, group: gateway.networking.k8s.io}
              listeners: [{name: more, port: 8080, protocol: HTTP}]
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: GRPCRoute
            metadata: {name: a, namespace: default}
            spec:
              parentRefs: [{name: all, sectionName: http}]
              rules: [{backendRefs: [{name: web, port: 80}]}]
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: TLSRoute
            metadata: {name: a, namespace: default}
            spec:
              parentRefs: [{name: all, sectionName: tls}]
              hostnames: [tls.test]
              rules: [{backendRefs: [{name: web, port: 80}]}]
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: TCPRoute
            metadata: {name: a, namespace: default}
            spec:
              parentRefs: [{name: all, sectionName: tcp}]
              rules: [{backendRefs: [{name: web, port: 80}]}]
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: BackendTLSPolicy
            metadata: {name: a, namespace: default}
            spec:
              targetRefs: [{group: "", kind: Service, name: web, sectionName: other}]
              validation: {hostname: web.test}
            """;

    @Test
    void gateways_are_served_and_their_statuses_leave_those_of_others_alone() throws Exception {
        Cluster.assumeThere(GatewayClusterTest.class);
        try (var cluster = Cluster.up();
                var backends = new Backends(cluster.gateway()).service("web", 1)) {
            var kubeconfig = prepare(cluster, backends);
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
                othersConditionsStay(cluster);

                cluster.kubectl("delete", "httproute/shop");
                await().atMost(PATIENCE).until(() -> Backends.code(adit, "shop") == 404);
                await().atMost(PATIENCE)
                        .until(() -> get(cluster, "gateway/edge", "{.status.listeners[0].attachedRoutes}")
                                .equals("0"));
                assertThat(adit.output()).doesNotContain("Cannot follow", "No permission", "Exception");
            }
        }
    }

    @Test
    void a_gateway_has_a_service_of_its_own_for_as_long_as_it_is_there() throws Exception {
        Cluster.assumeThere(GatewayClusterTest.class);
        try (var cluster = Cluster.up();
                var backends = new Backends(cluster.gateway()).service("web", 1)) {
            var kubeconfig = prepare(cluster, backends);
            try (var adit = Adit.startWith(
                            kubeconfig, "serve", "--publish-service=adit-system/adit", "--gateway-addresses=service")
                    .ready()) {
                cluster.apply(OBJECTS);
                await().atMost(PATIENCE)
                        .until(() -> get(
                                        cluster,
                                        "gateway/edge",
                                        "{.status.conditions[?(@.type==\"Programmed\")].status}")
                                .equals("True"));
                var service = "{.items[?(@.metadata.annotations.adit\\.dev/gateway==\"default/edge\")]";
                assertThat(services(cluster, service + ".spec.type}")).isEqualTo("LoadBalancer");
                assertThat(services(cluster, service + ".spec.selector.app\\.kubernetes\\.io/name}"))
                        .isEqualTo("adit");
                assertThat(get(cluster, "gateway/edge", "{.status.addresses[0].value}"))
                        .isNotEmpty()
                        .isEqualTo(services(cluster, service + ".status.loadBalancer.ingress[0].ip}"));
                var port = Integer.parseInt(services(cluster, service + ".spec.ports[0].targetPort}"));
                assertThat(status(port)).isEqualTo(200);

                // A port more, and the one that there was stays what it was.
                cluster.kubectl(
                        "patch",
                        "gateway/edge",
                        "--type=json",
                        "-p",
                        "[{\"op\": \"add\", \"path\":"
                                + " \"/spec/listeners/-\", \"value\": {\"name\": \"more\", \"port\": 8080, \"protocol\": \"HTTP\"}}]");
                await().atMost(PATIENCE)
                        .until(() -> services(cluster, service + ".spec.ports[*].port}")
                                .equals("80 8080"));
                assertThat(services(cluster, service + ".spec.ports[0].targetPort}"))
                        .isEqualTo(Integer.toString(port));
                assertThat(status(port)).isEqualTo(200);

                cluster.kubectl("delete", "gateway/edge");
                await().atMost(PATIENCE)
                        .until(() ->
                                services(cluster, service + ".metadata.name}").isEmpty());
                await().atMost(PATIENCE).until(() -> status(port) == CLOSED);
                assertThat(adit.output()).doesNotContain("Cannot write", "No permission", "Exception");
            }
        }
    }

    @Test
    void each_kind_of_the_gateway_api_is_followed_and_judged() throws Exception {
        Cluster.assumeThere(GatewayClusterTest.class);
        try (var cluster = Cluster.up();
                var backends = new Backends(cluster.gateway()).service("web", 1)) {
            var kubeconfig = prepare(cluster, backends);
            try (var adit = Adit.startWith(
                            kubeconfig, "serve", "--publish-service=adit-system/adit", "--gateway-addresses=service")
                    .ready()) {
                cluster.apply(EVERY_KIND);
                for (var kind : new String[] {"grpcroute", "tlsroute", "tcproute"}) {
                    await().atMost(PATIENCE)
                            .untilAsserted(() -> assertThat(get(
                                            cluster,
                                            kind + "/a",
                                            "{.status.parents[0].conditions[?(@.type==\"Accepted\")].status}"))
                                    .as(kind)
                                    .isEqualTo("True"));
                }
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(get(
                                        cluster,
                                        "listenerset/a",
                                        "{.status.conditions[?(@.type==\"Programmed\")].status}"))
                                .isEqualTo("True"));
                // No authority is named by the policy.
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(get(
                                        cluster,
                                        "backendtlspolicy/a",
                                        "{.status.ancestors[0].conditions[?(@.type==\"Accepted\")].status}"))
                                .isEqualTo("False"));
                var passing = "{.items[?(@.metadata.annotations.adit\\.dev/gateway==\"default/all\")]"
                        + ".spec.ports[?(@.port==9000)].targetPort}";
                assertThat(status(Integer.parseInt(services(cluster, passing)))).isEqualTo(200);
                assertThat(adit.output()).doesNotContain("Cannot", "No permission", "Exception");
            }
        }
    }

    /** With permissions, Services and the kinds of the Gateway API, and without Adit. */
    private static Path prepare(Cluster cluster, Backends backends) throws Exception {
        var kubeconfig = cluster.installForOutside();
        cluster.apply(backends.manifests());
        cluster.apply(GatewayDefinitions.all());
        cluster.kubectl("wait", "--for=condition=Established", "crd", "--all");
        return kubeconfig;
    }

    private static String services(Cluster cluster, String path) throws Exception {
        return cluster.kubectl("-n", "adit-system", "get", "services", "-o", "jsonpath=" + path);
    }

    /** Of an answer of this machine on a port; {@link #CLOSED} where nobody listens. */
    private static int status(int port) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: shop.test\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            var line = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
            return Integer.parseInt(line.substring(9, 12));
        } catch (ConnectException _) {
            return CLOSED;
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

    /** Nor does what we say of a Gateway take away what others say, of any type. */
    private static void othersConditionsStay(Cluster cluster) throws Exception {
        cluster.kubectl(
                "patch",
                "gateway/edge",
                "--subresource=status",
                "--type=json",
                "-p",
                "[{\"op\": \"add\", \"path\": \"/status/conditions/-\", \"value\": {\"type\": \"example.com/Scanned\","
                        + " \"status\": \"True\", \"reason\": \"Clean\", \"message\": \"\", \"observedGeneration\": 1,"
                        + " \"lastTransitionTime\": \"2026-01-01T00:00:00Z\"}}]");
        cluster.kubectl(
                "patch",
                "gateway/edge",
                "--type=json",
                "-p",
                "[{\"op\": \"add\", \"path\": \"/spec/listeners/0/hostname\", \"value\": \"*.test\"}]");
        await().atMost(PATIENCE)
                .until(() -> get(
                                cluster,
                                "gateway/edge",
                                "{.status.conditions[?(@.type==\"Programmed\")].observedGeneration}")
                        .equals("2"));
        assertThat(get(cluster, "gateway/edge", "{.status.conditions[?(@.type==\"example.com/Scanned\")].reason}"))
                .isEqualTo("Clean");
    }

    @Test
    void the_longest_name_that_a_gateway_can_have_is_no_hindrance() throws Exception {
        Cluster.assumeThere(GatewayClusterTest.class);
        try (var cluster = Cluster.up();
                var backends = new Backends(cluster.gateway()).service("web", 1)) {
            var kubeconfig = prepare(cluster, backends);
            try (var adit = Adit.startWith(
                            kubeconfig, "serve", "--publish-service=adit-system/adit", "--gateway-addresses=service")
                    .ready()) {
                var label = "g".repeat(62) + ".";
                var name = label.repeat(4) + "g"; // 253 characters: RFC 1123 subdomain, metadata.name
                cluster.apply(OBJECTS.replace("name: edge", "name: " + name));
                await().atMost(PATIENCE)
                        .until(() -> get(
                                        cluster,
                                        "gateway/" + name,
                                        "{.status.conditions[?(@.type==\"Programmed\")].status}")
                                .equals("True"));
                var target = "{.items[?(@.metadata.annotations.adit\\.dev/gateway==\"default/" + name
                        + "\")].spec.ports[0].targetPort}";
                assertThat(status(Integer.parseInt(services(cluster, target)))).isEqualTo(200);
                assertThat(adit.output()).doesNotContain("Cannot write", "Exception");
            }
        }
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
