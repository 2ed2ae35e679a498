package dev.adit.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.observe.log.AccessLog;
import dev.adit.observe.log.AccessLogOptions;
import dev.adit.observe.log.LineFormat;
import dev.adit.observe.log.LogSelection;
import dev.adit.observe.log.Queries;
import dev.adit.testbed.Adit;
import dev.adit.testbed.IngressNginx;
import dev.adit.testbed.RawOrigin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether the requests of an Ingress are written, from its annotations to the file. */
class AccessLogFeatureTest {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
    private static final long LARGE = 1 << 30;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                   | true
            adit.dev/access-log: "on"                            | true
            adit.dev/access-log: "off"                           | false
            nginx.ingress.kubernetes.io/enable-access-log: "true"  | true
            nginx.ingress.kubernetes.io/enable-access-log: "false" | false
            """)
    void an_ingress_says_whether_its_requests_are_written(String annotation, boolean isWritten) throws Exception {
        var file = folder.resolve("access.log");
        var log = new AccessLog(new AccessLogOptions(
                LineFormat.nginx("$ingress_name $status", Queries.KEEP),
                LogSelection.ALL,
                Optional.of(file),
                LARGE,
                0));
        log.start();
        var isNginx = annotation.startsWith("nginx");
        var ingress =
                Adit.ingress(annotation).replace("rules:", isNginx ? "ingressClassName: nginx\n  rules:" : "rules:");
        try (log;
                var web = RawOrigin.answering(OK);
                var adit = Adit.serving(
                        (isNginx ? IngressNginx.CLASS : "") + ingress + Adit.service("web", web.port()),
                        IngressNginx.options(),
                        log.register())) {
            assertThat(adit.get("a.test/").status()).isEqualTo(200);
        }
        assertThat(Files.readString(file)).isEqualTo(isWritten ? "shop 200\n" : "");
    }
}
