package dev.adit.nativetests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adit.testbed.Adit;
import dev.adit.testbed.Http2Bytes;
import dev.adit.testbed.RawSocket;
import dev.adit.testbed.RecordingOrigin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What TLS says of the protocol behind it (RFC 7301). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlpnTest {
    private static final String HOST = "app.test";

    private RecordingOrigin origin;
    private Adit adit;

    @BeforeAll
    void start(@TempDir Path manifests) throws IOException {
        origin = new RecordingOrigin();
        Files.writeString(manifests.resolve("app.yaml"), origin.manifests(HOST));
        adit = Adit.serving(manifests);
    }

    @AfterAll
    void stop() throws IOException {
        adit.close();
        origin.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp", "h3", "acme-tls/1", "imap", "HTTP/1.1", "h2c", "h", "http/1.1 "})
    void a_client_of_another_protocol_is_told_so_and_not_served(String protocol) throws Exception {
        for (var version : new String[] {"TLSv1.2", "TLSv1.3"}) {
            try (var client = RawSocket.connect(adit.https())) {
                assertThatThrownBy(() -> client.secureBy(version, HOST, protocol))
                        .isInstanceOf(SSLException.class)
                        .hasMessageContaining("no_application_protocol");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'ftp,http/1.1', http/1.1",
        "'http/1.1,h2', h2",
        "'h3,h2,http/1.1', h2",
        "http/1.1, http/1.1",
        "http/1.0, http/1.0",
        "h2, h2"
    })
    void of_those_that_are_offered_the_best_is_chosen(String offered, String chosen) throws Exception {
        for (var version : new String[] {"TLSv1.2", "TLSv1.3"}) {
            try (var client = RawSocket.connect(adit.https())) {
                client.secureBy(version, HOST, offered.split(",", -1));
                assertThat(client.protocol()).isEqualTo(chosen);
                if (chosen.equals("h2")) {
                    client.send(Http2Bytes.begin()
                            .headers(1, true, ":method", "GET", ":scheme", "https", ":path", "/", ":authority", HOST)
                            .toBytes());
                    assertThat(Http2Bytes.next(client, Http2Bytes.HEADERS).status())
                            .isEqualTo(200);
                } else {
                    assertThat(get(client)).startsWith("HTTP/1.1 200 ");
                }
            }
        }
    }

    @Test
    void a_client_that_offers_nothing_speaks_http_1() throws Exception {
        try (var client = RawSocket.connect(adit.https())) {
            client.secure(HOST);
            assertThat(client.protocol()).isEmpty();
            assertThat(get(client)).startsWith("HTTP/1.1 200 ");
        }
    }

    private static String get(RawSocket client) throws IOException {
        return client.send("GET / HTTP/1.1\r\nHost: " + HOST + "\r\nConnection: close\r\n\r\n")
                .readAll();
    }
}
