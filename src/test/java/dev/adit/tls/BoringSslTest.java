package dev.adit.tls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.routing.Certificate;
import dev.adit.routing.Hostname;
import dev.adit.routing.RoutingTable;
import dev.adit.x509.SelfSigned;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BoringSslTest {
    private final Certificate none = DefaultCertificate.generate(Instant.now());
    private final Certificate first = certificate("a.test");
    private final Certificate second = certificate("a.test");
    private CertificateTable table = table();
    private BoringSsl tls;

    @BeforeEach
    void load() {
        Assumptions.assumeTrue(OpenSsl.isAvailable(), "BoringSSL has no library for this machine");
        tls = new BoringSsl(_ -> table);
    }

    @AfterEach
    void close() {
        if (tls != null) {
            tls.close();
        }
    }

    @Test
    void after_a_thousand_rotations_there_is_one_context_for_the_host() {
        for (var i = 0; i < 1_000; i++) {
            table = table(i % 2 == 0 ? first : second);
            handshake("a.test", Optional.empty());
        }
        assertThat(tls.size()).isEqualTo(1);
    }

    @Test
    void what_the_table_has_no_more_is_released_without_a_handshake() {
        table = table(first);
        handshake("a.test", Optional.empty());
        handshake("unknown.test", Optional.empty());
        tls.refresh();
        assertThat(tls.size()).isEqualTo(2);
        table = table(second);
        tls.refresh();
        assertThat(tls.size()).isEqualTo(1);
        table = table();
        handshake("a.test", Optional.empty());
        assertThat(tls.size()).isEqualTo(1);
    }

    @Test
    void names_that_have_no_certificate_share_one_context_and_hosts_that_ask_for_one_have_their_own() {
        for (var i = 0; i < 100; i++) {
            handshake("h" + i + ".test", Optional.empty());
        }
        assertThat(tls.size()).isEqualTo(1);
        for (var i = 0; i < 100; i++) {
            handshake("h" + i + ".a.test", demand("*.a.test"));
        }
        handshake("b.test", demand("b.test"));
        assertThat(tls.size()).isEqualTo(3);
    }

    @Test
    void there_are_at_most_two_thousand_contexts() {
        for (var i = 0; i < 2_100; i++) {
            handshake("h" + i + ".test", demand("h" + i + ".test"));
        }
        assertThat(tls.size()).isEqualTo(2_000);
    }

    private Optional<Handshake.Demand> demand(String host) {
        return Optional.of(new Handshake.Demand(Hostname.parse(host).orElseThrow(), true, Set.of(first.leaf())));
    }

    /** What a context is asked for with each handshake; its engine is not used. */
    private void handshake(String host, Optional<Handshake.Demand> demand) {
        var handshake = new Handshake(RoutingTable.port(true), host, EnumSet.allOf(Handshake.Key.class), demand);
        SslHandler handler = tls.handler(handshake, () -> {
            throw new AssertionError("BoringSSL makes its own");
        });
        assertThat(handler.engine().getNeedClientAuth()).isEqualTo(demand.isPresent());
        ReferenceCountUtil.release(handler.engine());
    }

    private CertificateTable table(Certificate... certificates) {
        return new CertificateTable(new RoutingTable(List.of(), Arrays.asList(certificates)), none);
    }

    private static Certificate certificate(String host) {
        var pair = SelfSigned.generate(host, host, Instant.now(), Duration.ofDays(1));
        return new Certificate(
                List.of(Hostname.parse(host).orElseThrow()), "ns/" + host, pair.key(), List.of(pair.certificate()));
    }
}
