package dev.adit.downstream.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.Route;
import dev.adit.routing.policy.ClientCertificate;
import dev.adit.routing.policy.HttpsRedirect;
import dev.adit.routing.policy.Policy;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import dev.adit.testbed.Tls;
import dev.adit.x509.SelfSigned;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routes that are served to clients with a certificate alone, beside those that are for everybody. */
class ClientCertificateTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final SelfSigned MEMBER = certificate("member");
    private static final SelfSigned STRANGER = certificate("stranger");
    private static final List<Policy> OPEN = List.of();
    private static final List<Policy> MEMBERS = members(MEMBER.certificate());

    private final RunningProxy proxy = new RunningProxy();
    private RawOrigin origin;

    @BeforeEach
    void serve() throws Exception {
        origin = RawOrigin.answering(OK);
        proxy.hosts(
                origin.port(),
                host("members.test", RunningProxy.route("/", MEMBERS)),
                host("mixed.test", RunningProxy.route("/", OPEN), RunningProxy.route("/admin", MEMBERS)),
                host("open.test", RunningProxy.route("/", OPEN)));
    }

    @AfterEach
    void close() throws Exception {
        proxy.close();
        origin.close();
    }

    @Test
    void a_client_with_a_certificate_of_the_authority_is_served() throws Exception {
        try (var client = connect("members.test", Tls.context(MEMBER))) {
            assertThat(get(client, "members.test", "/")).startsWith("HTTP/1.1 200 ");
            assertThat(get(client, "members.test", "/again")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void a_handshake_without_one_fails_where_every_route_needs_it() throws Exception {
        assertThatThrownBy(() -> getOnce("members.test", Tls.context(null))).isInstanceOf(IOException.class);
    }

    @Test
    void a_handshake_with_one_of_somebody_else_fails() {
        assertThatThrownBy(() -> getOnce("members.test", Tls.context(STRANGER))).isInstanceOf(IOException.class);
    }

    @Test
    void a_host_may_need_it_for_some_of_its_paths() throws Exception {
        try (var without = connect("mixed.test", Tls.context(null))) {
            assertThat(get(without, "mixed.test", "/")).startsWith("HTTP/1.1 200 ");
            assertThat(get(without, "mixed.test", "/admin")).startsWith("HTTP/1.1 403 ");
        }
        try (var other = connect("mixed.test", Tls.context(STRANGER))) {
            assertThat(get(other, "mixed.test", "/")).startsWith("HTTP/1.1 200 ");
            assertThat(get(other, "mixed.test", "/admin")).startsWith("HTTP/1.1 403 ");
        }
        try (var with = connect("mixed.test", Tls.context(MEMBER))) {
            assertThat(get(with, "mixed.test", "/admin")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void a_connection_for_one_host_is_none_for_another_that_asks_for_certificates() throws Exception {
        try (var open = connect("open.test", Tls.context(MEMBER))) {
            assertThat(get(open, "members.test", "/")).startsWith("HTTP/1.1 421 ");
            assertThat(get(open, "open.test", "/")).startsWith("HTTP/1.1 200 ");
        }
        try (var member = connect("members.test", Tls.context(MEMBER))) {
            assertThat(get(member, "mixed.test", "/admin")).startsWith("HTTP/1.1 421 ");
            assertThat(get(member, "open.test", "/")).startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void an_open_connection_meets_the_policy_of_each_request() throws Exception {
        try (var before = connect("open.test", Tls.context(MEMBER));
                var member = connect("members.test", Tls.context(MEMBER))) {
            assertThat(get(before, "open.test", "/")).startsWith("HTTP/1.1 200 ");
            assertThat(get(member, "members.test", "/")).startsWith("HTTP/1.1 200 ");
            var others = members(STRANGER.certificate());
            proxy.hosts(
                    origin.port(),
                    host("members.test", RunningProxy.route("/", others)),
                    host("open.test", RunningProxy.route("/", others)));
            assertThat(get(before, "open.test", "/")).startsWith("HTTP/1.1 421 ");
            assertThat(get(member, "members.test", "/")).startsWith("HTTP/1.1 403 ");
        }
    }

    @Test
    void a_session_that_is_resumed_is_judged_like_a_new_one() throws Exception {
        var context = Tls.context(MEMBER);
        assertThat(getOnce("members.test", context)).startsWith("HTTP/1.1 200 ");
        try (var resumed = connect("members.test", context)) {
            assertThat(get(resumed, "members.test", "/")).startsWith("HTTP/1.1 200 ");
        }
        proxy.hosts(origin.port(), host("members.test", RunningProxy.route("/", members(STRANGER.certificate()))));
        // Its session is of another policy: it begins anew, and is refused. A client that has not read the alert yet
        // finds the connection
        // closed.
        try (var stranger = connect("members.test", context)) {
            assertThatThrownBy(() -> get(stranger, "members.test", "/"))
                    .isInstanceOfAny(SSLException.class, SocketException.class);
        }
    }

    @Test
    void a_plain_request_is_sent_to_where_a_certificate_can_be_shown() throws Exception {
        var request = "GET /a HTTP/1.1\r\nHost: members.test\r\nConnection: close\r\n\r\n";
        assertThat(RawClient.exchange(proxy.http(), request))
                .startsWith("HTTP/1.1 308 ")
                .contains("location: https://members.test/a\r\n");
    }

    private static Host host(String name, Route... routes) {
        return new Host(Hostname.parse(name).orElseThrow(), "ns", List.of(routes));
    }

    private static List<Policy> members(X509Certificate authority) {
        return List.of(new HttpsRedirect(), new ClientCertificate("ns/ca", List.of(authority)));
    }

    private static SelfSigned certificate(String name) {
        return SelfSigned.generate(name, name + ".test", Instant.now(), Duration.ofDays(1));
    }

    private SSLSocket connect(String host, SSLContext context) throws IOException {
        return Tls.connect(host, proxy.https(), context);
    }

    private String getOnce(String host, SSLContext context) throws IOException {
        try (var socket = connect(host, context)) {
            return get(socket, host, "/");
        }
    }

    /** One request, and the whole of its answer. */
    private static String get(SSLSocket socket, String host, String path) throws IOException {
        var request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            var next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("closed after: " + head);
            }
            head.append((char) next);
        }
        var length = head.toString()
                .lines()
                .filter(line -> line.regionMatches(true, 0, "content-length:", 0, 15))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        return head + new String(socket.getInputStream().readNBytes(length), StandardCharsets.UTF_8);
    }
}
