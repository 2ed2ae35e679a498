package dev.adit.nativetests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Answer;
import dev.adit.testbed.Certificates;
import dev.adit.testbed.Http2Connection;
import dev.adit.testbed.ScriptedOrigin;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Adit in front of two endpoints that answer {@code /bad} as a test says and all else with {@code ok}: http1.test, and
 * http2.test by HTTP/2. The hosts good.test and hsts.test are the first one with an annotation.
 */
final class AnsweringEndpoints implements AutoCloseable {
    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: %1$s}
            spec: {ports: [{name: web, port: 80, appProtocol: "%2$s"}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: %1$s, labels: {kubernetes.io/service-name: %1$s}}
            addressType: IPv4
            ports: [{name: web, port: %3$d}]
            endpoints: [{addresses: [127.0.0.1]}]
            ---
            """;
    private static final String INGRESS = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: %1$s, annotations: {%3$s}}
            spec:
              tls: [{hosts: [%1$s], secretName: pair}]
              rules: [{host: %1$s, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: %2$s, port: {name: web}}}}]}}]
            ---
            """;

    private final ScriptedOrigin http1 = ScriptedOrigin.ofHttp1();
    private final ScriptedOrigin http2 = ScriptedOrigin.ofHttp2();
    private final Adit adit;

    AnsweringEndpoints(Path directory) throws Exception {
        var manifests = Files.createDirectory(directory.resolve("manifests"));
        var hosts = new String[] {"http1.test", "http2.test", "good.test", "hsts.test"};
        var pair = Certificates.make(directory, "pair", hosts);
        var all = pair.secret("pair")
                + SERVICE.formatted("http1", "", http1.port())
                + SERVICE.formatted("http2", "kubernetes.io/h2c", http2.port())
                + INGRESS.formatted("http1.test", "http1", "")
                + INGRESS.formatted("http2.test", "http2", "")
                + INGRESS.formatted("good.test", "http1", "adit.dev/hsts: \"31536000; includeSubDomains\"")
                + INGRESS.formatted("hsts.test", "http1", "adit.dev/hsts: \"31536000;\\n includeSubDomains\"");
        Files.writeString(manifests.resolve("all.yaml"), all);
        adit = Adit.serving(manifests, "--h2c");
    }

    ScriptedOrigin http1() {
        return http1;
    }

    ScriptedOrigin http2() {
        return http2;
    }

    Adit adit() {
        return adit;
    }

    Socket connect() throws IOException {
        var client = new Socket("127.0.0.1", adit.http());
        client.setSoTimeout(20_000);
        return client;
    }

    Http2Connection connectByHttp2() throws IOException {
        return new Http2Connection(connect());
    }

    /** And the connection, where it goes on, is in step. */
    void assertBadGateway(String host, String method, String fields) throws IOException {
        try (var client = connect()) {
            var answer = ask(client, method, host, "/bad", fields);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(502);
            var next = ask(client, "GET", "http1.test", "/", "Connection: close\r\n");
            assertThat(next.body()).isEqualTo("ok");
            assertThat(client.getInputStream().read()).isNegative();
        }
    }

    void assertBadGatewayByHttp2(String host, String method) throws IOException {
        try (var client = connectByHttp2()) {
            assertThat(client.ask(method, "http", host, "/bad").status()).isEqualTo(502);
            assertThat(client.ask("GET", "http", "http1.test", "/").body()).isEqualTo("ok");
        }
    }

    static Answer ask(Socket client, String method, String host, String path, String fields) throws IOException {
        send(client, method + " " + path + " HTTP/1.1\r\nHost: " + host + "\r\n" + fields + "\r\n");
        return Answer.read(client.getInputStream(), method);
    }

    static void send(Socket client, String text) throws IOException {
        client.getOutputStream().write(ScriptedOrigin.bytes(text));
    }

    @Override
    public void close() throws IOException {
        adit.close();
        http1.close();
        http2.close();
    }
}
