package dev.adit.downstream.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.adit.routing.PortUse;
import dev.adit.testbed.RawClient;
import dev.adit.testbed.RawOrigin;
import dev.adit.testbed.RunningProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The listeners of Gateways on ports of their own. */
class OpenPortsTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final String LENGTH = "content-length:";
    private static final String KEPT = "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n";

    private final RunningProxy proxy = new RunningProxy();
    private final int port = RunningProxy.freePort();
    private RawOrigin web;

    @BeforeEach
    void start() throws IOException {
        web = RawOrigin.answering(OK);
    }

    @AfterEach
    void stop() throws Exception {
        proxy.close();
        web.close();
    }

    private void serve(String hosts) {
        proxy.serve("""
                upstream default/web:80 = 127.0.0.1:%d
                host ingress.test
                  / -> web:80
                """.formatted(web.port()) + hosts);
    }

    private String listening(int at) {
        return "host a.test on port 80 at %d\n  / -> web:80\n".formatted(at);
    }

    private static String ask(int at, String host) throws IOException {
        return RawClient.exchange(at, "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n".formatted(host))
                .lines()
                .findFirst()
                .orElse("");
    }

    private static boolean isOpen(int at) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), at)) {
            return socket.isConnected();
        } catch (IOException _) {
            return false;
        }
    }

    @Test
    void a_port_opens_while_others_are_served_and_has_no_host_of_an_ingress() throws IOException {
        serve("");
        assertThat(isOpen(port)).isFalse();
        serve(listening(port));
        assertThat(ask(port, "a.test")).isEqualTo("HTTP/1.1 200 OK");
        assertThat(ask(port, "ingress.test")).isEqualTo("HTTP/1.1 404 Not Found");
        assertThat(ask(proxy.http(), "ingress.test")).isEqualTo("HTTP/1.1 200 OK");
        assertThat(ask(proxy.http(), "a.test")).isEqualTo("HTTP/1.1 404 Not Found");
    }

    @Test
    void a_port_that_goes_cuts_nobody_and_ends_with_its_last_connection() throws IOException {
        serve(listening(port));
        try (var kept = new RawClient(port)) {
            assertThat(statusOf(kept)).isEqualTo("HTTP/1.1 200 OK");
            serve("");
            // The connection is served for as long as the client has it, and leads to nothing of an Ingress.
            assertThat(statusOf(kept)).isEqualTo("HTTP/1.1 404 Not Found");
        }
        await().until(() -> !isOpen(port));
        assertThat(ask(proxy.http(), "ingress.test")).isEqualTo("HTTP/1.1 200 OK");
    }

    @Test
    void a_port_that_comes_back_is_served_again() throws IOException {
        serve(listening(port));
        try (var kept = new RawClient(port)) {
            assertThat(statusOf(kept)).isEqualTo("HTTP/1.1 200 OK");
            serve("");
            serve(listening(port));
            assertThat(statusOf(kept)).isEqualTo("HTTP/1.1 200 OK");
            assertThat(ask(port, "a.test")).isEqualTo("HTTP/1.1 200 OK");
        }
        serve("");
        await().until(() -> !isOpen(port));
        serve(listening(port));
        assertThat(ask(port, "a.test")).isEqualTo("HTTP/1.1 200 OK");
    }

    @Test
    void a_port_that_somebody_else_has_is_told_of_and_all_others_open() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getByName("::"))) {
            var plain = new PortUse(PortUse.Protocol.HTTP, "");
            var opened = proxy.opened(Map.of(taken.getLocalPort(), plain, port, plain));
            await().until(opened::isComplete);
            assertThat(proxy.failures())
                    .singleElement()
                    .asString()
                    .startsWith("cannot listen on port " + taken.getLocalPort() + " for HTTP: ");
        }
        assertThat(isOpen(port)).isTrue();
    }

    @Test
    void a_port_that_another_gateway_gets_has_no_connection_of_the_one_before() throws IOException {
        serve(listening(port).replace("at " + port, "at " + port + " for ns/one"));
        try (var kept = new RawClient(port)) {
            assertThat(statusOf(kept)).isEqualTo("HTTP/1.1 200 OK");
            serve(listening(port).replace("at " + port, "at " + port + " for ns/two"));
            await().until(() -> isOpen(port));
            assertThat(ask(port, "a.test")).isEqualTo("HTTP/1.1 200 OK");
            assertThatThrownBy(() -> statusOf(kept)).isInstanceOf(IOException.class);
        }
    }

    private static String statusOf(RawClient client) throws IOException {
        client.send(KEPT);
        var head = client.readHead();
        var length = head.lines()
                .filter(line -> line.regionMatches(true, 0, LENGTH, 0, LENGTH.length()))
                .mapToInt(
                        line -> Integer.parseInt(line.substring(LENGTH.length()).strip()))
                .findFirst()
                .orElse(0);
        client.read(length);
        return head.lines().findFirst().orElse("");
    }
}
