package dev.adit.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Secret;
import dev.adit.kube.files.ManifestSet;
import dev.adit.kube.source.SourceException;
import dev.adit.x509.SelfSigned;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is served, on disk and back. */
class StateFileTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden");
    private static final IngressClass ANY = IngressClass.of("adit", "adit.dev/ingress-controller", true);
    private static final ObjectKey WEB = new ObjectKey("shop", "web");

    @TempDir
    Path folder;

    private Path keyFile;

    @BeforeEach
    void key() throws IOException {
        keyFile = Files.writeString(folder.resolve("key"), "k".repeat(32));
    }

    static Stream<String> cases() throws IOException {
        try (var directories = Files.list(GOLDEN)) {
            return directories.map(d -> d.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void every_object_comes_back_as_it_was(String name) throws Exception {
        var before =
                new ManifestSet().add(GOLDEN.resolve(name).resolve("in.yaml")).snapshot(ANY);
        var file = file("cluster", keyFile);
        file.write(before.items());
        var after = file.read().orElseThrow();
        assertThat(after.ingresses()).isEqualTo(before.ingresses());
        assertThat(after.ingressClasses()).isEqualTo(before.ingressClasses());
        assertThat(after.services()).isEqualTo(before.services());
        assertThat(after.slices()).isEqualTo(before.slices());
        assertThat(after.configMaps()).isEqualTo(before.configMaps());
        before.secrets().forEach((key, secret) -> {
            if (secret.content() instanceof Secret.Content.KeyPair) {
                assertThat(after.secrets()).containsEntry(key, secret);
            }
        });
    }

    @Test
    void private_keys_are_sealed_and_without_a_seal_not_there() throws Exception {
        var pair = SelfSigned.generate("web", "web.test", Instant.now(), Duration.ofDays(1));
        var content = new Secret.Content.KeyPair(pair.key(), List.of(pair.certificate()));
        var secret = new Secret(WEB, content, new Secret.Authorities.None());
        file("cluster", keyFile).write(Stream.of(secret));
        assertThat(text()).contains("\"sealed\"").doesNotContain("tls.key");
        assertThat(file("cluster", keyFile).read().orElseThrow().secret(WEB)).contains(secret);

        var other = Files.writeString(folder.resolve("other"), "o".repeat(32));
        assertThatThrownBy(() -> file("cluster", other).read())
                .isInstanceOf(StateFile.UnusableException.class)
                .hasMessageContaining("the key of Secret shop/web was sealed with another --state-key");

        new StateFile(folder, "cluster", Optional.empty()).write(Stream.of(secret));
        assertThat(text()).doesNotContain("sealed").doesNotContain("tls.key");
    }

    @Test
    void what_broke_is_kept_as_it_was_good_last() throws Exception {
        var pair = SelfSigned.generate("web", "web.test", Instant.now(), Duration.ofDays(1));
        var good = new Secret.Content.KeyPair(pair.key(), List.of(pair.certificate()));
        var broken = new Secret.Content.Broken("tls.crt", "is missing", false, Optional.of(good));
        file("cluster", keyFile).write(Stream.of(new Secret(WEB, broken, new Secret.Authorities.None())));
        assertThat(file("cluster", keyFile).read().orElseThrow().secret(WEB).map(Secret::content))
                .contains(good);
    }

    @Test
    void a_file_that_is_damaged_or_of_another_cluster_is_refused_with_the_reason() throws Exception {
        var file = file("cluster", keyFile);
        assertThat(file.read()).isEmpty();
        file.write(Stream.of(ANY));
        refused(file("another", keyFile), "it is of cluster, and this is another");

        var state = folder.resolve("state.json.gz");
        var whole = Files.readAllBytes(state);
        for (var length = 0; length < whole.length; length++) {
            Files.write(state, Arrays.copyOf(whole, length));
            refusedOrWhole(file);
        }
        for (var length = 0; length < whole.length / 2; length++) {
            Files.write(state, Arrays.copyOf(whole, length));
            refused(file, "cannot be resumed from");
        }
        for (var i = 0; i < whole.length; i++) {
            var changed = whole.clone();
            changed[i] ^= 0x10;
            Files.write(state, changed);
            refusedOrWhole(file);
        }
        Files.writeString(state, "{}");
        refused(file, "it cannot be read");
    }

    @Test
    void a_write_that_fails_leaves_what_was_there() throws Exception {
        var file = file("cluster", keyFile);
        file.write(Stream.of(ANY));
        assertThatThrownBy(() -> file.write(Stream.<KubeSnapshot.Item>of(ANY).peek(_ -> {
                    throw new IllegalStateException("the disk is full");
                })))
                .hasMessage("the disk is full");
        assertThat(file.read().orElseThrow()).isEqualTo(KubeSnapshot.of(Stream.of(ANY), Set.of(), List.of()));
    }

    @Test
    void a_key_that_is_none_is_refused_at_the_start() throws Exception {
        var small = Files.writeString(folder.resolve("small"), "secret");
        assertThatThrownBy(() -> KeySeal.of(small))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("holds 6 bytes");
        assertThatThrownBy(() -> KeySeal.of(folder.resolve("none"))).hasMessageContaining("cannot be read");
    }

    private StateFile file(String identity, Path key) {
        return new StateFile(folder, identity, Optional.of(KeySeal.of(key)));
    }

    private static void refused(StateFile file, String reason) {
        assertThatThrownBy(file::read)
                .isInstanceOf(StateFile.UnusableException.class)
                .hasMessageContaining(reason);
    }

    /** Some bits of its compressed form mean nothing. */
    private static void refusedOrWhole(StateFile file) {
        try {
            assertThat(file.read().orElseThrow().classes()).containsExactly(ANY);
        } catch (StateFile.UnusableException e) {
            assertThat(e).hasMessageContaining("cannot be resumed from");
        }
    }

    private String text() throws IOException {
        var bytes = Files.readAllBytes(folder.resolve("state.json.gz"));
        return new String(new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes(), StandardCharsets.UTF_8);
    }
}
