package dev.adit.nativetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Ports;
import dev.adit.testbed.RawSocket;
import dev.adit.testbed.RecordingOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ports whose connections go to a Service, by {@code --tcp-services-configmap}. */
@Tag("either-build")
class TcpServicesTest {
    private static final String ASK = "GET /%s HTTP/1.1\r\nHost: a.test\r\n\r\n";

    @TempDir
    private Path folder;

    private Path manifests;
    private RecordingOrigin origin;

    @BeforeEach
    void write() throws IOException {
        origin = new RecordingOrigin();
        manifests = Files.createDirectory(folder.resolve("manifests"));
        Files.writeString(manifests.resolve("app.yaml"), origin.manifests("a.test"));
    }

    @AfterEach
    void stop() throws IOException {
        origin.close();
    }

    @Test
    void a_port_comes_and_goes_with_its_entry_and_cuts_nobody() throws Exception {
        var first = Ports.free();
        var second = Ports.free();
        entries("\"%d\": default/origin:http".formatted(first));
        try (var adit = serving();
                var stays = RawSocket.connect(first)) {
            assertThat(asked(stays, "before")).contains("200 OK");
            entries("\"%d\": default/origin:80".formatted(second));
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> isServed(second));
            await().atMost(Duration.ofSeconds(30)).until(() -> !isServed(first));
            assertThat(asked(stays, "after")).contains("200 OK");
            assertThat(origin.requests()).contains("GET /before", "GET /after");
            assertThat(adit.output()).doesNotContain("ERROR");
        }
    }

    @Test
    void an_entry_that_cannot_be_served_is_told_and_leaves_the_others_alone() throws Exception {
        var port = Ports.free();
        var closed = Ports.free();
        entries("\"%d\": default/origin:80, \"%d\": default/missing:80, \"99999\": default/origin:80"
                .formatted(port, closed));
        try (var adit = serving()) {
            await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> isServed(port));
            assertThat(isServed(closed)).isFalse();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> adit.output().contains("Service default/missing does not exist")
                            && adit.output().contains("data[99999]: is no port"));
        }
    }

    private Adit serving() throws IOException {
        return Adit.serving(manifests, "--tcp-services-configmap", "default/tcp")
                .ready();
    }

    private static boolean isServed(int port) {
        try (var socket = RawSocket.connect(port)) {
            return asked(socket, "").contains("200 OK");
        } catch (IOException _) {
            return false;
        }
    }

    private static String asked(RawSocket socket, String path) throws IOException {
        socket.send(ASK.formatted(path));
        return socket.readTo("\r\n\r\nok");
    }

    /** As a whole, so that no half of it is read. */
    private void entries(String data) throws IOException {
        var fresh = Files.writeString(folder.resolve("fresh"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: tcp}
                data: {%s}
                """.formatted(data));
        Files.move(fresh, manifests.resolve("tcp.yaml"), StandardCopyOption.REPLACE_EXISTING);
    }
}
