package dev.adit.control.incremental;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Secret;
import dev.adit.kube.Secret.Content;
import dev.adit.x509.SelfSigned;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LastGoodSecretsTest {
    private static final ObjectKey KEY = new ObjectKey("ns", "web");
    private static final Content.KeyPair GOOD = pair();
    private static final Content.Broken BROKEN = new Content.Broken("tls.crt", "is missing", false, Optional.empty());

    private final LastGoodSecrets secrets = new LastGoodSecrets();

    @Test
    void a_secret_that_breaks_or_goes_keeps_what_it_held() {
        assertThat(seen(GOOD)).contains(GOOD);
        assertThat(seen(BROKEN)).contains(new Content.Broken("tls.crt", "is missing", false, Optional.of(GOOD)));
        assertThat(seen()).contains(new Content.Gone(GOOD));
        var renewed = pair();
        assertThat(seen(renewed)).contains(renewed);
        assertThat(seen()).contains(new Content.Gone(renewed));
    }

    @Test
    void what_never_was_good_and_what_nobody_names_any_more_is_not_remembered() {
        assertThat(seen(BROKEN)).contains(BROKEN);
        assertThat(seen()).isEmpty();
        seen(GOOD);
        secrets.retain(Set.of());
        assertThat(seen()).isEmpty();
    }

    private Optional<Content> seen(Content... content) {
        var held = Stream.of(content).map(c -> new Secret(KEY, c, new Secret.Authorities.None()));
        var snapshot = KubeSnapshot.of(held, Set.of(), List.of());
        return secrets.over(snapshot).find(Secret.KIND, KEY).map(Secret::content);
    }

    private static Content.KeyPair pair() {
        var made = SelfSigned.generate("a.test", "a.test", Instant.now(), Duration.ofDays(1));
        return new Content.KeyPair(made.key(), List.of(made.certificate()));
    }
}
