package dev.adit.translate.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.translate.annotation.adit.AditDialect;
import dev.adit.translate.annotation.adit.ClientCertificates;
import dev.adit.translate.annotation.adit.Endpoints;
import dev.adit.translate.annotation.adit.Https;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnnotationsTest {
    private static final Dialect DIALECT = AditDialect.DIALECT;

    private final List<String> told = new ArrayList<>();

    private Annotations of(Map<String, String> texts) {
        return of(texts, null);
    }

    private Annotations of(Map<String, String> texts, Annotations behind) {
        return new Annotations(
                DIALECT, texts, behind, (name, reason, message) -> told.add(name + " " + reason + ": " + message));
    }

    @Test
    void what_is_said_holds_and_else_what_the_class_says() {
        var ofClass = of(Map.of("ssl-redirect", "true", "ssl-passthrough", "true"));
        assertThat(of(Map.of(), ofClass).get(Https.SSL_REDIRECT)).contains(true);
        assertThat(of(Map.of("ssl-redirect", " false "), ofClass).get(Https.SSL_REDIRECT))
                .contains(false);
        assertThat(told).isEmpty();
    }

    @Test
    void a_value_that_is_wrong_is_told_once_with_what_is_allowed_and_the_class_holds() {
        var ofClass = of(Map.of("ssl-redirect", "true"));
        var annotations = of(Map.of("ssl-redirect", "yes"), ofClass);
        assertThat(annotations.get(Https.SSL_REDIRECT)).contains(true);
        assertThat(annotations.get(Https.SSL_REDIRECT)).contains(true);
        assertThat(told)
                .containsExactly("ssl-redirect ANNOTATION_INVALID: 'yes' is not valid; use \"true\" or \"false\"");
    }

    @Test
    void a_value_that_is_too_long_is_wrong_without_being_repeated() {
        assertThat(of(Map.of("ssl-redirect", "x".repeat(1 << 20))).get(Https.SSL_REDIRECT))
                .isEmpty();
        assertThat(told).singleElement().asString().hasSizeLessThan(200).contains("is 1048576 characters long");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "members", "not a name"})
    void what_closes_an_ingress_always_means_something(String value) {
        var annotations = of(Map.of("client-ca", value, "backend-tls", value));
        assertThat(annotations.get(ClientCertificates.CLIENT_CA)).contains(value);
        assertThat(annotations.get(Endpoints.BACKEND_TLS)).contains(value);
    }

    @Test
    void a_name_of_an_object_that_is_too_long_stays_too_long() {
        var name = of(Map.of("client-ca", "x".repeat(1 << 20))).get(ClientCertificates.CLIENT_CA);
        assertThat(name).hasValueSatisfying(text -> assertThat(text).hasSizeBetween(254, 300));
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "hst, hsts",
        "load-balancer, load-balance",
        "SSL-Redirect, ssl-redirect",
        "client_ca, client-ca",
        "backend-tsl, backend-tls"
    })
    void a_name_that_is_not_known_is_told_with_the_nearest_one_that_is(String name, String nearest) {
        of(Map.of(name, "x"));
        assertThat(told)
                .singleElement()
                .asString()
                .startsWith(name + " ANNOTATION_UNKNOWN: there is no such setting; did you mean " + nearest
                        + "? Known are access-log, backend-server-name, ");
    }

    @Test
    void a_name_that_is_near_none_is_told_with_all_that_are_known() {
        of(Map.of("whatever", "x"));
        assertThat(told)
                .singleElement()
                .asString()
                .contains("; known are access-log, backend-server-name, backend-tls, client-ca,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client-cas", "clientca", "Client-CA", "client-certificate", "cliet-ca"})
    void what_is_nearly_the_name_of_what_keeps_clients_out_was_meant_to(String name) {
        assertThat(DIALECT.isMeantToRestrict(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"hsts", "backend-tls", "mirror", "x", ""})
    void what_is_near_nothing_that_keeps_clients_out_was_not(String name) {
        assertThat(DIALECT.isMeantToRestrict(name)).isFalse();
    }
}
