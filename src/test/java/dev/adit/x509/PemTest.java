package dev.adit.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of src/test/resources/x509 were written by openssl. */
class PemTest {

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @CsvSource({
        "embedded.key, embedded.crt, true",
        "sec1.key, embedded.crt, true",
        "bare.sec1.key, embedded.crt, true",
        "rsa.key, rsa.crt, true",
        "rsa.pkcs1.key, rsa.crt, true",
        "ed25519.key, ed25519.crt, true",
        "embedded.key, other.crt, false",
        "bare.sec1.key, other.crt, false",
        "rsa.key, embedded.crt, false",
        "embedded.key, rsa.crt, false",
        "bare.sec1.key, rsa.crt, false",
        "ed25519.key, embedded.crt, false"
    })
    void a_key_belongs_to_the_certificate_that_was_issued_for_it_and_to_no_other(
            String key, String certificate, boolean belongs) throws IOException {
        var chain = Pem.certificates(text(certificate));
        assertThat(Pem.belongTogether(Pem.privateKey(text(key)), chain.getFirst()))
                .isEqualTo(belongs);
    }

    @Test
    void a_key_that_is_cut_short_is_refused_with_a_reason() {
        assertThatThrownBy(() -> Pem.privateKey("-----BEGIN PRIVATE KEY-----\nMIGH\n-----END PRIVATE KEY-----\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("damaged");
    }

    private static String text(String file) throws IOException {
        try (var in = PemTest.class.getResourceAsStream("/x509/" + file)) {
            assertThat(in).as(file).isNotNull();
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
    }
}
