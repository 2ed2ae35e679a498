package dev.adit.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.testbed.Adit;
import dev.adit.testbed.RawOrigin;
import org.junit.jupiter.api.Test;

/** Fields that an Ingress has added, whatever the two ends say of them. */
class FieldEditFeatureTest {
    private static final String NAMING =
            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: X-Env, Strict-Transport-Security, X-Own\r\nX-Own: 1\r\n\r\nok";

    @Test
    void a_client_cannot_remove_an_added_field_by_naming_it_in_connection() throws Exception {
        try (var web = RawOrigin.answering(NAMING);
                var adit = Adit.serving(ingress("adit.dev/request-headers: \"X-Env: prod\"", web.port()))) {
            var reply =
                    adit.send("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close, X-Env, X-Own\r\nX-Own: 1\r\n\r\n");
            assertThat(reply.status()).isEqualTo(200);
            assertThat(web.head()).containsIgnoringCase("\r\nx-env: prod\r\n").doesNotContainIgnoringCase("x-own");
        }
    }

    @Test
    void added_fields_leave_the_options_of_the_connection_alone() throws Exception {
        try (var web = RawOrigin.answering(NAMING);
                var adit = Adit.serving(ingress("adit.dev/request-headers: \"X-Env: prod\"", web.port()))) {
            adit.send("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close, TE\r\nTE: trailers\r\n\r\n");
            assertThat(web.head())
                    .containsIgnoringCase("\r\nx-env: prod\r\n")
                    .containsIgnoringCase("\r\nte: trailers\r\n");
        }
    }

    @Test
    void an_endpoint_cannot_remove_an_added_field_by_naming_it_in_connection() throws Exception {
        var annotations = "adit.dev/response-headers: \"X-Env: prod\", adit.dev/hsts: \"31536000\"";
        try (var web = RawOrigin.answering(NAMING);
                var adit = Adit.serving(ingress(annotations, web.port()))) {
            var reply = adit.getByTls("a.test/");
            assertThat(reply.field("x-env")).isEqualTo("prod");
            assertThat(reply.field("strict-transport-security")).isEqualTo("max-age=31536000");
            assertThat(reply.field("x-own")).isNull();
        }
    }

    private static String ingress(String annotations, int port) {
        return Adit.ingress(annotations) + Adit.service("web", port);
    }
}
