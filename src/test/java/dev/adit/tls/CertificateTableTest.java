package dev.adit.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.routing.Certificate;
import dev.adit.routing.Hostname;
import dev.adit.routing.RoutingTable;
import dev.adit.x509.Pem;
import dev.adit.x509.SelfSigned;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateTableTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Certificate DEFAULT = DefaultCertificate.generate(NOW);
    private static final Certificate EC = certificate("ec", "a.test");
    private static final Certificate OTHER_EC = certificate("other", "a.test");
    private static final Certificate WILD = certificate("wild", "*.a.test");

    @Test
    void an_exact_name_comes_before_a_wildcard_and_that_before_the_default() {
        var table = table(EC, WILD);
        assertThat(table.choose("a.test")).containsExactly(EC);
        assertThat(table.choose("A.TEST.")).containsExactly(EC);
        assertThat(table.choose("x.a.test")).containsExactly(WILD);
        assertThat(table.choose("x.y.a.test")).containsExactly(DEFAULT);
        assertThat(table.choose("")).containsExactly(DEFAULT);
        assertThat(table.explain("x.a.test").by()).contains(new Hostname.Wildcard(".a.test"));
        assertThat(table.explain("b.test").by()).isEmpty();
    }

    @Test
    void a_host_may_have_a_certificate_for_each_kind_of_key() throws Exception {
        var text = Files.readString(Path.of("src/test/resources/x509/rsa.crt"));
        var rsa = new Certificate(EC.hosts(), "ns/rsa", EC.key(), Pem.certificates(text));
        assertThat(table(EC, rsa, OTHER_EC).choose("a.test")).containsExactly(EC, rsa);
    }

    private static CertificateTable table(Certificate... certificates) {
        return new CertificateTable(new RoutingTable(List.of(), List.of(certificates)), DEFAULT);
    }

    private static Certificate certificate(String secret, String host) {
        var made = SelfSigned.generate(host, host, NOW, Duration.ofDays(1));
        var hosts = List.of(Hostname.parse(host).orElseThrow());
        return new Certificate(hosts, "ns/" + secret, made.key(), List.of(made.certificate()));
    }
}
