package dev.adit.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.kube.Ingress;
import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem;
import dev.adit.kube.Problem.Reason;
import dev.adit.kube.Secret;
import dev.adit.translate.assembly.Assembler;
import dev.adit.x509.SelfSigned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CertificateProblemsTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final ObjectKey WEB = new ObjectKey("ns", "web");

    @Test
    void what_is_wrong_with_a_certificate_that_is_served_is_told() {
        assertThat(reasons(NOW, "a.test", "a.test")).isEmpty();
        assertThat(reasons(NOW, "*.test", "a.test")).isEmpty();
        assertThat(reasons(NOW, "b.test", "a.test")).containsExactly(Reason.CERTIFICATE_HOST_MISMATCH);
        assertThat(reasons(NOW, "*.test", "x.a.test")).containsExactly(Reason.CERTIFICATE_HOST_MISMATCH);
        assertThat(reasons(NOW.plus(Duration.ofDays(3)), "a.test", "a.test"))
                .containsExactly(Reason.CERTIFICATE_EXPIRED);
        assertThat(reasons(Instant.EPOCH, "a.test", "a.test")).containsExactly(Reason.CERTIFICATE_NOT_YET_VALID);
    }

    private static List<Reason> reasons(Instant now, String subject, String host) {
        var made = SelfSigned.generate(subject, subject, NOW, Duration.ofDays(1));
        var pair = new Secret.Content.KeyPair(made.key(), List.of(made.certificate()));
        var ingress = new Ingress(
                WEB,
                "",
                Instant.EPOCH,
                Optional.of("adit"),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(new Ingress.Tls(List.of(host), "web")),
                false,
                Map.of(),
                List.of());
        var ours = IngressClass.of("adit", TranslationOptions.CONTROLLER, true);
        var items = Stream.of(ours, ingress, new Secret(WEB, pair, new Secret.Authorities.None()));
        var translation = new Assembler(TranslationOptions.of("adit"))
                .translate(KubeSnapshot.of(items, Set.of(), List.of()), now);
        assertThat(translation.table().certificatesByName()).hasSize(1);
        return translation.problems().stream().map(Problem::reason).toList();
    }
}
