package dev.adit.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.Adit;
import dev.adit.testbed.EndpointVersion;
import dev.adit.testbed.IngressNginx;
import dev.adit.testbed.Origin;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How requests go to endpoints, and back, by the annotations of ingress-nginx. */
class EndpointsOfIngressNginxFeatureTest {
    private final List<String> copies = new CopyOnWriteArrayList<>();

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String BUSY = "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 4\r\n\r\nbusy";

    /** Answers 200 after some that it answers otherwise; without an answer it breaks off. */
    private static RawOrigin failing(AtomicInteger asked, int times, String otherwise) throws IOException {
        return new RawOrigin((_, socket) -> {
            var answer = asked.incrementAndGet() > times ? OK : otherwise;
            if (!answer.isEmpty()) {
                write(socket, answer);
            }
        });
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static Reply ask(Adit adit, String method) throws IOException {
        return adit.send(method + " / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n");
    }

    @ParameterizedTest
    @CsvSource({
        "error timeout, GET, 200, 3",
        "error timeout, POST, 502, 1",
        "error non_idempotent, POST, 200, 3",
        "http_503, GET, 502, 1",
        "off, GET, 502, 1"
    })
    void a_request_on_which_an_endpoint_breaks_off_is_sent_again(String on, String method, int status, int tries)
            throws Exception {
        var asked = new AtomicInteger();
        try (var web = failing(asked, 2, "");
                var adit = IngressNginx.serving("proxy-next-upstream: \"" + on + "\"", web.port())) {
            assertThat(ask(adit, method).status()).isEqualTo(status);
            assertThat(asked).hasValue(tries);
        }
    }

    @ParameterizedTest
    @CsvSource({"http_503, GET, 200, 3", "http_503, PATCH, 503, 1", "http_500, GET, 503, 1", "error, GET, 503, 1"})
    void a_request_that_is_answered_with_one_of_these_statuses_is_sent_again(
            String on, String method, int status, int tries) throws Exception {
        var asked = new AtomicInteger();
        try (var web = failing(asked, 2, BUSY);
                var adit = IngressNginx.serving("proxy-next-upstream: \"" + on + "\"", web.port())) {
            assertThat(ask(adit, method).status()).isEqualTo(status);
            assertThat(asked).hasValue(tries);
        }
    }

    @Test
    void the_answer_to_the_last_try_is_passed_on() throws Exception {
        var asked = new AtomicInteger();
        var annotations = "proxy-next-upstream: http_503, {}proxy-next-upstream-tries: \"2\"";
        try (var web = failing(asked, 9, BUSY);
                var adit = IngressNginx.serving(annotations, web.port())) {
            var reply = ask(adit, "GET");
            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.body()).isEqualTo("busy");
            assertThat(asked).hasValue(2);
        }
    }

    @Test
    void a_request_with_a_body_is_sent_once() throws Exception {
        var asked = new AtomicInteger();
        try (var web = failing(asked, 2, BUSY);
                var adit = IngressNginx.serving("proxy-next-upstream: http_503", web.port())) {
            var request = "PUT / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi";
            assertThat(adit.send(request).status()).isEqualTo(503);
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void what_an_endpoint_says_of_its_urls_is_changed_into_what_clients_know() throws Exception {
        var answer =
                "HTTP/1.1 302 Found\r\nLocation: http://inside.test/a?b=1\r\nRefresh: 1; url=http://inside.test/z\r\n"
                        + "Set-Cookie: a=1; Path=/one/x; Domain=.inside.test; Secure\r\nSet-Cookie: b=2; Path=/two\r\nContent-Length: 0\r\n\r\n";
        var annotations = "proxy-redirect-from: \"http://inside.test/\", {}proxy-redirect-to: \"https://$host/\","
                + " {}proxy-cookie-path: /one/ /, {}proxy-cookie-domain: inside.test outside.test";
        try (var web = RawOrigin.answering(answer);
                var adit = IngressNginx.serving(annotations, web.port())) {
            var reply = adit.get("a.test/");
            assertThat(reply.field("location")).isEqualTo("https://a.test/a?b=1");
            assertThat(reply.field("refresh")).isEqualTo("1; url=https://a.test/z");
            assertThat(reply.fields().getAll("set-cookie"))
                    .containsExactly("a=1; Path=/x; Domain=outside.test; Secure", "b=2; Path=/two");
        }
    }

    @Test
    void a_client_has_no_more_than_so_many_requests_at_the_same_time() throws Exception {
        var arrived = new CountDownLatch(2);
        var go = new CountDownLatch(1);
        try (var web = new RawOrigin((_, socket) -> {
                    arrived.countDown();
                    await().until(() -> go.getCount() == 0);
                    write(socket, OK);
                });
                var adit = IngressNginx.serving("limit-connections: \"2\"", web.port());
                var clients = Executors.newFixedThreadPool(2)) {
            Future<Reply> one = clients.submit(() -> ask(adit, "GET"));
            Future<Reply> two = clients.submit(() -> ask(adit, "GET"));
            arrived.await();
            assertThat(ask(adit, "GET").status()).isEqualTo(503);
            go.countDown();
            assertThat(one.get().status()).isEqualTo(200);
            assertThat(two.get().status()).isEqualTo(200);
            for (var i = 0; i < 5; i++) {
                assertThat(ask(adit, "GET").status()).isEqualTo(200);
            }
        }
    }

    @Test
    void a_service_that_is_the_upstream_itself_is_asked_at_its_own_address() throws Exception {
        try (var service = Origin.named("service");
                var endpoint = Origin.named("endpoint")) {
            var port = "port: " + service.port();
            var annotations = "nginx.ingress.kubernetes.io/service-upstream: \"true\"";
            var ingress = Adit.ingress(annotations)
                    .replace("rules:", "ingressClassName: nginx\n  rules:")
                    .replace("number: 80", "number: " + service.port());
            var web = Adit.service("web", endpoint.port()).replace("{ports:", "{clusterIP: 127.0.0.1, ports:");
            try (var adit = Adit.serving(
                    IngressNginx.CLASS + ingress + web.replace("port: 80", port), IngressNginx.options())) {
                var reply = adit.get("a.test/");
                assertThat(reply.body()).startsWith("service ");
            }
        }
    }

    @Test
    void an_endpoint_is_told_what_to_do_with_its_connection_but_where_a_web_socket_is_asked_for() throws Exception {
        var heads = new CopyOnWriteArrayList<String>();
        try (var web = new RawOrigin((head, socket) -> {
                    heads.add(head.toString());
                    write(socket, OK);
                });
                var adit = IngressNginx.serving("connection-proxy-header: close", web.port())) {
            assertThat(ask(adit, "GET").status()).isEqualTo(200);
            assertThat(heads.getFirst().lines()).contains("connection: close");
            adit.send("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: upgrade, close\r\nUpgrade: websocket\r\n\r\n");
            assertThat(heads.getLast().lines()).contains("connection: upgrade").doesNotContain("connection: close");
        }
    }

    @Test
    void an_alias_is_served_like_its_host_and_www_is_sent_to_it() throws Exception {
        try (var web = Origin.named("web");
                var adit = IngressNginx.serving(
                        "server-alias: \"b.test, *.c.test\", {}from-to-www-redirect: \"true\"", web.port())) {
            assertThat(adit.get("b.test/x").body()).contains("b.test /x");
            assertThat(adit.get("any.c.test/x").status()).isEqualTo(200);
            assertThat(adit.get("any.other.c.test/x").status()).isEqualTo(200);
            assertThat(adit.get("c.test/x").status()).isEqualTo(404);
            assertThat(adit.get("d.test/x").status()).isEqualTo(404);
            var sent = adit.get("www.a.test/a/?x=1");
            assertThat(sent.status()).isEqualTo(308);
            assertThat(sent.field("location")).isEqualTo("http://a.test:80/a/?x=1");
            assertThat(adit.get("www.a.test/a/").field("location")).isEqualTo("http://a.test:80/a");
        }
    }

    @Test
    void what_would_go_to_a_canary_without_endpoints_stays_where_it_is() throws Exception {
        var canary = """
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata:
                  name: canary
                  annotations:
                    nginx.ingress.kubernetes.io/canary: "true"
                    nginx.ingress.kubernetes.io/canary-weight: "100"
                    nginx.ingress.kubernetes.io/canary-by-header: x-canary
                spec:
                  ingressClassName: nginx
                  rules:
                    - host: a.test
                      http:
                        paths: [{path: /, pathType: Prefix, backend: {service: {name: next, port: {number: 80}}}}]
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: next}
                spec: {ports: [{port: 80}]}
                """;
        try (var web = Origin.named("web");
                var adit = IngressNginx.serving("proxy-body-size: 1m", web.port(), canary)) {
            assertThat(adit.get("a.test/").status()).isEqualTo(200);
            var asked = "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\nX-Canary: always\r\n\r\n";
            assertThat(adit.send(asked).status()).isEqualTo(200);
        }
    }

    @Test
    void a_service_of_the_same_namespace_gets_a_copy_of_every_request() throws Exception {
        var annotations = "mirror-target: \"http://shadow.default.svc/copy?of=$request_uri\", {}mirror-host: b.test,"
                + " {}mirror-request-body: \"off\"";
        try (var web = Origin.named("web");
                var shadow = RawOrigin.answering(BUSY);
                var adit = IngressNginx.serving(annotations, web.port(), Adit.service("shadow", shadow.port()))) {
            var request = "POST /a?b=1 HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\nContent-Length: 2\r\n\r\nhi";
            assertThat(adit.send(request).status()).isEqualTo(200);
            assertThat(shadow.head())
                    .startsWith("POST /copy?of=/a?b=1 HTTP/1.1\r\n")
                    .contains("host: b.test\r\n")
                    .doesNotContain("content-length: 2");
        }
    }

    @ParameterizedTest
    @CsvSource({"HTTPS, HTTP1_TLS", "HTTP, HTTP1", "GRPC, H2C"})
    void endpoints_are_spoken_to_by_another_protocol(String protocol, EndpointVersion spoken) throws Exception {
        try (var web = Origin.named("web", spoken);
                var adit = IngressNginx.serving("backend-protocol: " + protocol, web.port())) {
            assertThat(adit.get("a.test/x").body()).startsWith("web ").endsWith(" /x");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "proxy-ssl-verify: \"on\", {}proxy-ssl-name: endpoint.test | 200",
                "proxy-ssl-verify: \"on\", {}proxy-ssl-name: other.test | 502",
                "proxy-ssl-verify: \"off\", {}proxy-ssl-name: other.test, {}proxy-ssl-verify-depth: \"1\" | 200"
            })
    void the_certificate_of_an_endpoint_is_verified_where_that_is_asked_for(String annotations, int status)
            throws Exception {
        var all = "backend-protocol: HTTPS, {}proxy-ssl-secret: default/trusted, {}" + annotations
                + ", {}proxy-ssl-server-name: \"on\", {}proxy-ssl-protocols: TLSv1.3";
        try (var web = Origin.named("web", EndpointVersion.HTTP1_TLS);
                var adit = IngressNginx.serving(all, web.port(), EndpointVersion.authority("trusted"))) {
            assertThat(adit.get("a.test/").status()).isEqualTo(status);
        }
    }

    @Test
    void tls_is_passed_to_the_endpoint_unread() throws Exception {
        try (var web = Origin.named("web", EndpointVersion.HTTP1_TLS);
                var adit = IngressNginx.serving("ssl-passthrough: \"true\"", web.port())) {
            assertThat(adit.getByTls("a.test/x").body()).startsWith("web ").endsWith(" /x");
        }
    }

    @Test
    void an_endpoint_that_does_not_answer_in_time_is_given_up() throws Exception {
        var go = new CountDownLatch(1);
        try (var web = new RawOrigin((_, socket) -> await().until(() -> go.getCount() == 0));
                var adit = IngressNginx.serving("proxy-read-timeout: \"1\"", web.port())) {
            assertThat(ask(adit, "GET").status()).isEqualTo(504);
            go.countDown();
        }
    }

    @Test
    void one_that_takes_no_connection_in_time_is_given_up() throws Exception {
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var first = new Socket(full.getInetAddress(), full.getLocalPort());
                var second = new Socket(full.getInetAddress(), full.getLocalPort());
                var adit = IngressNginx.serving(
                        "proxy-connect-timeout: \"1\", {}proxy-next-upstream-tries: \"1\"", full.getLocalPort())) {
            assertThat(first.isConnected() && second.isConnected()).isTrue();
            assertThat(ask(adit, "GET").status()).isEqualTo(504);
        }
    }

    @Test
    void no_other_try_is_made_after_that_time() throws Exception {
        var asked = new AtomicInteger();
        var annotations = "proxy-next-upstream: error, {}proxy-next-upstream-timeout: \"1\"";
        try (var web = new RawOrigin((_, _) -> {
                    asked.incrementAndGet();
                    LockSupport.parkNanos(1_200_000_000);
                });
                var adit = IngressNginx.serving(annotations, web.port())) {
            assertThat(ask(adit, "GET").status()).isEqualTo(502);
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void copies_without_a_body_end_and_use_one_connection() throws Exception {
        var connections = new AtomicInteger();
        var annotations =
                "mirror-target: \"http://shadow$request_uri\", {}mirror-request-body: \"off\", {}rewrite-target: /new";
        try (var web = Origin.named("web");
                var shadow = new RawOrigin((head, socket) -> {
                    connections.incrementAndGet();
                    for (var next = head; !next.isEmpty(); next = RawOrigin.readHead(socket)) {
                        copies.add(next);
                        write(socket, OK);
                    }
                });
                var adit = IngressNginx.serving(annotations, web.port(), Adit.service("shadow", shadow.port()))) {
            for (var i = 1; i <= 3; i++) {
                assertThat(adit.get("a.test/x" + i).status()).isEqualTo(200);
                var count = i;
                await().until(() -> copies.size() == count);
            }
            assertThat(copies).allMatch(copy -> copy.startsWith("GET /x"), "what the client has asked for");
            assertThat(connections).hasValue(1);
        }
    }
}
