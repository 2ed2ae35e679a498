package dev.adit.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.adit.kube.IngressClass;
import dev.adit.kube.Kind;
import dev.adit.kube.KubeObject;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Secret;
import dev.adit.kube.files.ManifestSet;
import dev.adit.kube.source.SourceException;
import dev.adit.x509.SelfSigned;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
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
    Path keys;

    private Path folder;

    private Path keyFile;

    @BeforeEach
    void key() throws IOException {
        folder = keys.resolve("state");
        keyFile = Files.writeString(keys.resolve("key"), "k".repeat(32));
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
        assertThat(withoutSecrets(after)).isEqualTo(withoutSecrets(before));
        assertThat(after.slices()).isEqualTo(before.slices());
        var pairs = before.all(Secret.KIND).filter(secret -> secret.content() instanceof Secret.Content.KeyPair);
        assertThat(pairs)
                .allSatisfy(secret ->
                        assertThat(after.find(Secret.KIND, secret.key())).contains(secret));
    }

    private static Map<Kind<?>, Map<ObjectKey, KubeObject>> withoutSecrets(KubeSnapshot snapshot) {
        var objects = new HashMap<>(snapshot.objects());
        objects.remove(Secret.KIND);
        return objects;
    }

    /** Its ca.crt alone is what matters: it is not one that lacks a certificate. */
    @Test
    void a_secret_of_another_type_comes_back_as_one() throws Exception {
        var authority = SelfSigned.generate("ca", "ca.test", Instant.now(), Duration.ofDays(1));
        var content = new Secret.Content.Broken("type", "is Opaque", false, Optional.empty());
        var trusted = new Secret.Authorities.Trusted(List.of(authority.certificate()));
        file("cluster", keyFile).write(Stream.of(new Secret(WEB, content, trusted)));
        var read = file("cluster", keyFile).read().orElseThrow().find(Secret.KIND, WEB);
        assertThat(read).map(Secret::authorities).contains(trusted);
        assertThat(read.orElseThrow().content())
                .isInstanceOfSatisfying(
                        Secret.Content.Broken.class,
                        broken -> assertThat(broken.field()).isEqualTo("type"));
    }

    @Test
    void private_keys_are_sealed_and_without_a_seal_not_there() throws Exception {
        var pair = SelfSigned.generate("web", "web.test", Instant.now(), Duration.ofDays(1));
        var content = new Secret.Content.KeyPair(pair.key(), List.of(pair.certificate()));
        var secret = new Secret(WEB, content, new Secret.Authorities.None());
        file("cluster", keyFile).write(Stream.of(secret));
        assertThat(text()).contains("\"sealed\"").doesNotContain("tls.key");
        assertThat(file("cluster", keyFile).read().orElseThrow().find(Secret.KIND, WEB))
                .contains(secret);

        new StateFile(folder, "cluster", Optional.empty()).write(Stream.of(secret));
        assertThat(text()).doesNotContain("sealed").doesNotContain("tls.key");
    }

    @Test
    void a_file_is_read_with_the_key_by_which_it_was_written_and_with_no_other() throws Exception {
        var other = Files.writeString(keys.resolve("other"), "o".repeat(32));
        var unkeyed = new StateFile(folder, "cluster", Optional.empty());
        file("cluster", keyFile).write(Stream.of(ANY));
        refused(file("cluster", other), "another --state-key, or changed since");
        refused(unkeyed, "with a --state-key, and none is given");
        assertThat(file("cluster", keyFile).read()).isPresent();
        unkeyed.write(Stream.of(ANY));
        refused(file("cluster", keyFile), "without a --state-key, and anybody could have written it");
        assertThat(unkeyed.read()).isPresent();
    }

    @Test
    void an_edited_file_is_refused_whatever_checksum_it_has() throws Exception {
        file("cluster", keyFile).write(Stream.of(ANY));
        var state = folder.resolve(StateFile.NAME);
        var edited = text().replace("adit.dev/ingress-controller", "adit.dev/other-controller");
        var unkeyed = new StateFile(folder, "cluster", Optional.empty());
        unkeyed.write(Stream.of(IngressClass.of("adit", "adit.dev/other-controller", true)));
        var forged = Files.readAllBytes(state);
        // Its line says that a key was used.
        var line = "adit-state 2 keyed\n".getBytes(StandardCharsets.US_ASCII);
        var rest = Arrays.copyOfRange(forged, "adit-state 2 unkeyed\n".length(), forged.length);
        Files.write(state, concat(line, rest));
        refused(file("cluster", keyFile), "changed since");
        Files.write(state, concat(line, packed(edited)));
        refused(file("cluster", keyFile), "changed since");
    }

    @Test
    void a_file_that_was_refused_is_kept_beside_the_next_one() throws Exception {
        var state = folder.resolve(StateFile.NAME);
        Files.createDirectories(folder);
        Files.writeString(state, "something else");
        var file = file("cluster", keyFile);
        refused(file, "it is no state of Adit");
        assertThat(Files.readString(state)).isEqualTo("something else");
        file.write(Stream.of(ANY));
        assertThat(Files.readString(folder.resolve("adit.state.refused"))).isEqualTo("something else");
        assertThat(file.read()).isPresent();
    }

    @Test
    void nobody_else_may_read_the_file_or_write_into_its_folder() throws Exception {
        var open = Files.createDirectory(
                keys.resolve("open"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        for (var place : List.of(folder, open)) {
            new StateFile(place, "cluster", Optional.empty()).write(Stream.of(ANY));
            assertThat(mode(place)).isEqualTo("rwx------");
            assertThat(mode(place.resolve(StateFile.NAME))).isEqualTo("rw-------");
        }
        // What else is there is none of our business.
        Files.writeString(keys.resolve("foreign"), "");
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwxr-xr-x"));
        new StateFile(keys, "cluster", Optional.empty()).write(Stream.of(ANY));
        assertThat(mode(keys)).isEqualTo("rwxr-xr-x");
        assertThat(mode(keys.resolve(StateFile.NAME))).isEqualTo("rw-------");
    }

    @Test
    void what_lies_under_the_name_of_the_next_file_is_not_written_through() throws Exception {
        var victim = Files.writeString(keys.resolve("victim"), "untouched");
        Files.createDirectories(folder);
        Files.createSymbolicLink(folder.resolve("adit.state.new"), victim);
        file("cluster", keyFile).write(Stream.of(ANY));
        assertThat(Files.readString(victim)).isEqualTo("untouched");
        assertThat(Files.isSymbolicLink(folder.resolve(StateFile.NAME))).isFalse();
    }

    @Test
    void no_more_is_unpacked_than_fits() throws Exception {
        var limits = new StateLines.Limits(1 << 20, 1 << 16, 100);
        var small = new StateFile(folder, "cluster", Optional.empty(), limits);
        var head = "{\"of\":\"cluster\"}\n";
        var one = "{\"kind\":\"Service\",\"metadata\":{\"name\":\"%s\"}}\n";
        forge(head + one.formatted("a"));
        assertThat(small.read()).isPresent();
        forge(head + one.formatted("a").repeat(200));
        refused(small, "it holds more than 100 objects");
        forge(head + one.formatted("x".repeat(1000)).repeat(90));
        refused(small, "it holds more than 100 objects or 65536 bytes");
        forge(head + " ".repeat(5 << 20));
        refused(small, "an object of it is larger than");
        forge(head + "\n".repeat(1000));
        refused(small, "cannot be resumed from");
        forge(head + "[".repeat(100_000));
        refused(small, "cannot be resumed from");
        Files.write(folder.resolve(StateFile.NAME), new byte[2 << 20]);
        refused(small, "it is larger than 1048576 bytes");
        // Nor is more written than could be read.
        var many = IntStream.range(0, 200).<KubeObject>mapToObj(i -> IngressClass.of("c" + i, "x", false));
        assertThatThrownBy(() -> small.write(many)).hasMessageContaining("it holds more than 100 objects");
    }

    private void forge(String content) throws Exception {
        Files.createDirectories(folder);
        var line = "adit-state 2 unkeyed\n".getBytes(StandardCharsets.US_ASCII);
        var unsigned = concat(line, packed(content));
        var mac = StateKey.checksum();
        Files.write(folder.resolve(StateFile.NAME), concat(unsigned, mac.doFinal(unsigned)));
    }

    private static byte[] packed(String content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var packed = new GZIPOutputStream(bytes)) {
            packed.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private static byte[] concat(byte[] one, byte[] two) {
        var all = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, all, one.length, two.length);
        return all;
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void what_broke_is_kept_as_it_was_good_last() throws Exception {
        var pair = SelfSigned.generate("web", "web.test", Instant.now(), Duration.ofDays(1));
        var good = new Secret.Content.KeyPair(pair.key(), List.of(pair.certificate()));
        var broken = new Secret.Content.Broken("tls.crt", "is missing", false, Optional.of(good));
        file("cluster", keyFile).write(Stream.of(new Secret(WEB, broken, new Secret.Authorities.None())));
        assertThat(file("cluster", keyFile)
                        .read()
                        .orElseThrow()
                        .find(Secret.KIND, WEB)
                        .map(Secret::content))
                .contains(good);
    }

    @Test
    void a_file_that_is_damaged_or_of_another_cluster_is_refused_with_the_reason() throws Exception {
        var file = file("cluster", keyFile);
        assertThat(file.read()).isEmpty();
        file.write(Stream.of(ANY));
        refused(file("another", keyFile), "it is of cluster, and this is another");

        var state = folder.resolve(StateFile.NAME);
        var whole = Files.readAllBytes(state);
        for (var length = 0; length < whole.length; length++) {
            Files.write(state, Arrays.copyOf(whole, length));
            refused(file, "cannot be resumed from");
        }
        for (var i = 0; i < whole.length; i++) {
            var changed = whole.clone();
            changed[i] ^= 0x10;
            Files.write(state, changed);
            refused(file, "cannot be resumed from");
        }
        Files.write(state, concat(whole, new byte[] {0}));
        refused(file, "changed since");
        Files.delete(state);
        Files.createDirectory(state);
        refused(file, "it is not a file");
    }

    @Test
    void a_write_that_fails_leaves_what_was_there() throws Exception {
        var file = file("cluster", keyFile);
        file.write(Stream.of(ANY));
        assertThatThrownBy(() -> file.write(Stream.<KubeObject>of(ANY).peek(_ -> {
                    throw new IllegalStateException("the disk is full");
                })))
                .hasMessage("the disk is full");
        assertThat(file.read().orElseThrow()).isEqualTo(KubeSnapshot.of(Stream.of(ANY), Set.of(), List.of()));
    }

    @Test
    void a_key_that_is_none_is_refused_at_the_start() throws Exception {
        var small = Files.writeString(keys.resolve("small"), "secret");
        assertThatThrownBy(() -> StateKey.of(small))
                .isInstanceOf(SourceException.class)
                .hasMessageContaining("holds 6 bytes");
        assertThatThrownBy(() -> StateKey.of(keys.resolve("none"))).hasMessageContaining("cannot be read");
    }

    private StateFile file(String identity, Path key) {
        return new StateFile(folder, identity, Optional.of(StateKey.of(key)));
    }

    private static void refused(StateFile file, String reason) {
        assertThatThrownBy(file::read)
                .isInstanceOf(StateFile.UnusableException.class)
                .hasMessageContaining(reason);
    }

    private String text() throws IOException {
        var bytes = Files.readAllBytes(folder.resolve(StateFile.NAME));
        var line = new String(bytes, StandardCharsets.ISO_8859_1).indexOf('\n') + 1;
        var packed = new ByteArrayInputStream(bytes, line, bytes.length - line - 32);
        return new String(new GZIPInputStream(packed).readAllBytes(), StandardCharsets.UTF_8);
    }
}
