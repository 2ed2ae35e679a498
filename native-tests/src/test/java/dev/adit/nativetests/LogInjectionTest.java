package dev.adit.nativetests;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.Adit;
import dev.adit.testbed.FakeApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tenants, clients and endpoints write begins no line of a log or a page, and steers no terminal (CWE-117). */
@Tag("either-build")
class LogInjectionTest {
    private static final String FORGED = "12:00:00.000 ERROR forged";

    // As YAML writes it in double quotes: a line feed, ESC, CSI of C1, a line separator, a mark of direction.
    private static final String HOSTILE = "x\\n" + FORGED + "\\e[2J\\x9b2J\\u2028y\\u202e";
    private static final String INGRESS = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: app, annotations: {adit.dev/hsts: "HOSTILE", "adit.dev/HOSTILE": "x"}}
            spec:
              tls: [{hosts: ["HOSTILE"], secretName: "HOSTILE"}]
              rules:
              - host: app.test
                http:
                  paths:
                  - {path: "/HOSTILE", pathType: ImplementationSpecific, backend: {service: {name: web, port: {number: 80}}}}
                  - {path: /, pathType: Prefix, backend: {service: {name: "HOSTILE", port: {name: "HOSTILE"}}}}
              - host: "HOSTILE"
                http: {paths: [{path: /, pathType: "HOSTILE", backend: {service: {name: web, port: {number: 80}}}}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: "HOSTILE"}
            spec:
              rules:
              - host: other.test
                http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: "HOSTILE"}
            spec: {ports: [{port: 80, name: "HOSTILE"}]}
            ---
            """.replace("HOSTILE", HOSTILE);

    @TempDir
    Path manifests;

    @Test
    void manifests_write_no_line_of_their_own_into_the_log_or_the_pages() throws Exception {
        Files.writeString(manifests.resolve("app.yaml"), INGRESS);
        Files.writeString(manifests.resolve("x\n" + FORGED + "\u001b.yaml"), "kind: [\"" + HOSTILE);
        try (var adit = Adit.serving(manifests)) {
            await().untilAsserted(() -> assertThat(adit.output()).contains("AnnotationInvalid", "ManifestInvalid"));
            harmless(adit.output());
            for (var page : List.of(
                    "/routes",
                    "/routes?output=json",
                    "/explain?url=http://app.test/",
                    "/explain?url=http://app.test/&output=json",
                    "/explain?url=http://other.test/")) {
                harmless(page(adit, page));
            }
        }
    }

    @Test
    void an_event_has_no_line_of_a_manifest_in_it() throws Exception {
        var hostile = "x\\n" + FORGED + "\\u001b[2J\\u009b2J\\u2028y\\u202e";
        try (var api = new FakeApi()) {
            api.with("ingressclasses", """
                    {"kind": "IngressClass", "apiVersion": "networking.k8s.io/v1", "metadata": {"name": "adit"},
                     "spec": {"controller": "adit.dev/ingress-controller"}}
                    """);
            api.with("ingresses", """
                    {"kind": "Ingress", "apiVersion": "networking.k8s.io/v1",
                     "metadata": {"name": "app", "namespace": "default", "uid": "1", "annotations": {"adit.dev/hsts": "%s"}},
                     "spec": {"ingressClassName": "adit", "rules": [{"host": "app.test", "http": {"paths": [
                       {"path": "/%s", "pathType": "ImplementationSpecific",
                        "backend": {"service": {"name": "web", "port": {"number": 80}}}}]}}]}}
                    """.formatted(hostile, hostile));
            try (var adit = Adit.startWith(api.kubeconfig(manifests), "serve", "--drain-delay=0")
                    .ready()) {
                await().untilAsserted(() -> assertThat(api.events()).hasSizeGreaterThan(1));
                for (var event : api.events()) {
                    var message = event.replaceFirst("(?s).*\"message\"\\s*:\\s*\"((?:[^\"\\\\]|\\\\.)*)\".*", "$1");
                    // In JSON a backslash that is meant is two.
                    assertThat(message)
                            .doesNotContainPattern("(?<!\\\\)\\\\[nu]")
                            .isNotEqualTo(event);
                    harmless(message);
                }
                harmless(adit.output());
            }
        }
    }

    @Test
    void a_question_writes_no_line_of_its_own_into_the_answer() throws Exception {
        Files.writeString(manifests.resolve("app.yaml"), INGRESS);
        var hostile = "%0A" + FORGED.replace(" ", "%20") + "%1B%5B2J%C2%9B2J%E2%80%A8y%E2%80%AE";
        try (var adit = Adit.serving(manifests)) {
            for (var question : List.of(
                    "url=http://app.test/" + hostile,
                    "url=http://app.test" + hostile,
                    "url=ftp://" + hostile,
                    "url=" + hostile,
                    "url=http://app.test/&method=" + hostile,
                    "url=http://app.test/&header=" + hostile,
                    "url=http://app.test/&header=Host:" + hostile)) {
                harmless(page(adit, "/explain?" + question));
                harmless(page(adit, "/explain?" + question + "&output=json"));
            }
            harmless(adit.output());
        }
    }

    @Test
    void the_command_line_shows_manifests_line_by_line() throws Exception {
        var file = Files.writeString(manifests.resolve("app.yaml"), INGRESS);
        var folder = "--manifests=" + manifests;
        harmless(ask("check", file.toString()));
        harmless(ask("check", "-o", "json", file.toString()));
        harmless(ask("routes", folder));
        harmless(ask("routes", folder, "-o", "json"));
        harmless(ask("explain", "http://app.test/", folder));
        harmless(ask("explain", "http://app.test/x\n" + FORGED + "\u001b", folder));
        harmless(ask("explain", "-o", "json", "http://app.test/", folder));
        var other = Files.createDirectory(manifests.resolve("none"));
        harmless(ask("diff", "--manifests=" + other, "-f", file.toString()));
        harmless(ask("diff", "--manifests=" + other, "-f", file.toString(), "-o", "json"));
        harmless(ask("check", "no\n" + FORGED + "\u001b.yaml"));
        harmless(ask("explain", "--x\n" + FORGED + "\u001b"));
    }

    @Test
    void an_endpoint_writes_no_line_of_its_own_into_the_log() throws Exception {
        try (var origin = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answer(origin));
            Files.writeString(manifests.resolve("app.yaml"), """
                    apiVersion: v1
                    kind: Service
                    metadata: {name: web}
                    spec: {ports: [{name: http, port: 80}]}
                    ---
                    apiVersion: discovery.k8s.io/v1
                    kind: EndpointSlice
                    metadata: {name: web, labels: {kubernetes.io/service-name: web}}
                    addressType: IPv4
                    ports: [{name: http, port: %d}]
                    endpoints: [{addresses: [127.0.0.1]}]
                    ---
                    apiVersion: networking.k8s.io/v1
                    kind: Ingress
                    metadata: {name: app}
                    spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
                    """.formatted(origin.getLocalPort()));
            try (var adit = Adit.serving(manifests)) {
                for (var i = 0; i < 4; i++) {
                    ask(adit, "/" + i, "");
                    ask(adit, "/" + i, "Connection: Upgrade\r\nUpgrade: websocket\r\n");
                }
                harmless(adit.output());
            }
        }
    }

    /** Each in turn with another part of it that is hostile. */
    private static void answer(ServerSocket origin) {
        var heads = List.of(
                "HTTP/1.1 200 \u001b[2J" + FORGED + "\r\n\r\n",
                "HTTP/\u001b[2J 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nx-\u001b[2J: a\r\ncontent-length: 0\r\n\r\n",
                "HTTP/1.1 101 OK\r\nx: \u001b[2J\n" + FORGED + "\r\ncontent-length: \u001b\r\n\r\n");
        while (true) {
            try (var socket = origin.accept()) {
                var request = new byte[4096];
                var length = socket.getInputStream().read(request);
                var path = new String(request, 0, Math.max(0, length), StandardCharsets.US_ASCII).split(" ", 3);
                var head = path.length > 1 ? heads.get(path[1].charAt(1) - '0') : "";
                socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException _) {
                if (origin.isClosed()) {
                    return;
                }
            }
        }
    }

    private static void ask(Adit adit, String path, String fields) throws IOException {
        try (var socket = new Socket("127.0.0.1", adit.http())) {
            socket.setSoTimeout(10_000);
            var request = "GET " + path + " HTTP/1.1\r\nHost: app.test\r\n" + fields + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThat(socket.getInputStream().read()).isEqualTo('H');
        }
    }

    private static String ask(String... arguments) throws Exception {
        var output = Adit.run(Map.of(), arguments).output();
        assertThat(output).isNotBlank();
        return output;
    }

    private static String page(Adit adit, String path) {
        return given().urlEncodingEnabled(false)
                .get("http://127.0.0.1:" + adit.management() + path)
                .asString();
    }

    private static void harmless(String text) {
        assertThat(text.lines()).noneMatch(line -> line.startsWith(FORGED));
        assertThat(text.codePoints().filter(c -> c != '\n' && c != '\t'))
                .noneMatch(c -> Character.isISOControl(c)
                        || Character.getType(c) == Character.FORMAT
                        || Character.getType(c) == Character.LINE_SEPARATOR);
    }
}
