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
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
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
        var log = log(file, "$ingress_name $status", Optional.empty());
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

    private static AccessLog log(Path file, String format, Optional<Queries> ofRoutes) throws IOException {
        var log = new AccessLog(new AccessLogOptions(
                LineFormat.nginx(format, Queries.KEEP), ofRoutes, LogSelection.ALL, Optional.of(file), LARGE, 0));
        log.start();
        return log;
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            worker-processes: "1"                                                        | default 200,default 200,default 200,
            disable-access-log: "true"                                                   |
            disable-http-access-log: "true"                                              |
            disable-access-log: "maybe"                                                  | default 200,default 200,default 200,
            skip-access-log-urls: "/healthz, /b?c"                                       | default 200,
            skip-access-log-urls: "~/healthz"                                            | default 200,default 200,default 200,
            log-format-upstream: '$status $http_x_id'                                    | 200 a\\x22b,200 a\\x22b,200 a\\x22b,
            log-format-upstream: '{"id": "$http_x_id"}', skip-access-log-urls: "/,/healthz" | {"id": "a\\"b"},
            log-format-upstream: 'id=$http_x_id', log-format-escape-json: "true", skip-access-log-urls: "/,/healthz" | id=a\\"b,
            log-format-upstream: '$status $none $http_cookie $', skip-access-log-urls: "/,/healthz" | 200 - - $,
            """)
    void the_config_map_says_which_requests_are_written_and_how(String settings, @Nullable String lines)
            throws Exception {
        assertThat(written(settings, Optional.of(Queries.KEEP))).isEqualTo(lines == null ? "" : lines);
    }

    @Test
    void a_format_of_the_command_line_goes_before_that_of_the_config_map() throws Exception {
        assertThat(written("log-format-upstream: '$status'", Optional.empty()))
                .isEqualTo("default 200,default 200,default 200,");
    }

    /** The lines of three requests, each with a comma behind it. */
    private String written(String settings, Optional<Queries> ofRoutes) throws Exception {
        var file = folder.resolve("access.log");
        var log = log(file, "default $status", ofRoutes);
        try (log;
                var web = RawOrigin.answering(OK);
                var adit = IngressNginx.configured(web.port(), settings, log.register())) {
            for (var target : List.of("/", "/healthz", "/b?c")) {
                assertThat(IngressNginx.ask(adit, "GET " + target, "X-Id: a\"b").status())
                        .isEqualTo(200);
            }
        }
        return Files.readString(file).replace('\n', ',');
    }
}
