package dev.adit.kube.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.adit.kube.IngressClass;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem;
import dev.adit.kube.Service;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a file may hold; each case would take minutes, or the stack, or all memory, if it was read. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ManifestBoundsTest {
    private static final IngressClass OURS = IngressClass.of("adit", "adit.dev/ingress-controller", true);
    private static final String MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n";
    private static final ObjectKey KEY = new ObjectKey("default", "web");
    private static final String SERVICE =
            "apiVersion: v1\nkind: Service\nmetadata: {name: %s}\nspec: {ports: [{port: 80}]}\n";

    @TempDir
    Path folder;

    private final ManifestReader reader = new ManifestReader();

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("[".repeat(50_000) + "]".repeat(50_000), "line 1: is nested more than 200 levels deep"),
                Arguments.of("{\"a\":".repeat(50_000) + "1" + "}".repeat(50_000), "line 1: is nested more than 200"),
                Arguments.of(MAP + "a: &a [*a]\n", "line 4: has an alias inside of what it stands for"),
                Arguments.of(MAP + "a: &a\n  b: {c: *a}\n", "has an alias inside of what it stands for"),
                Arguments.of(MAP + laughs(7, 8), "has aliases that stand for more than is read"),
                Arguments.of(MAP + laughs(2, 24), "has aliases that stand for more than is read"),
                Arguments.of(MAP + aliasesOfText(), "has aliases that stand for more than is read"),
                Arguments.of(MAP + nestedAliases(), "levels deep"),
                Arguments.of(
                        MAP + "data: {a: " + "9".repeat(1_000_000) + "}", "line 4: has a number of 1000000 digits"),
                Arguments.of(
                        MAP + "data: {a: !!int \"" + "9".repeat(1_000_000) + "\"}", "has a number of 1000000 digits"),
                Arguments.of(MAP + "data: {a: 1." + "9".repeat(1_000_000) + "}", "has a number of 1000002 digits"),
                Arguments.of(
                        MAP + "data: [1" + ",1".repeat(300_000) + "]", "has a document of more than 300000 values"),
                Arguments.of("---\n".repeat(50_001), "holds more than 50000 documents"),
                Arguments.of(MAP + "data: {a: \"" + "a".repeat(3 << 20) + "\"}", "exceeds the limit"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void a_file_that_holds_more_than_is_read_is_refused_by_line_and_keeps_its_last_content(String text, String reason) {
        var last = reader.read("f.yaml", SERVICE.formatted("web"));
        var now = reader.read("f.yaml", text);
        assertThat(now.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.sentence()).contains(reason).endsWith("what it said before stays in force");
            assertThat(problem.object().name()).isEqualTo("f.yaml");
        });
        assertThat(now.keeping(last).items()).hasSize(1);
    }

    @Test
    void anchors_are_read_as_far_as_people_use_them() {
        var file = reader.read("f.yaml", "x: &p [{port: 80}, {port: 81}]\n---\n" + """
                apiVersion: v1
                kind: Service
                metadata: {name: web, labels: &l {app: web}}
                spec: {selector: *l, ports: [{port: 80}]}
                """);
        assertThat(file.items()).hasSize(1);
    }

    @Test
    void what_is_wrong_with_many_fields_costs_as_much_as_the_fields() {
        var text = new StringBuilder("apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: a}\nspec:\n");
        for (var i = 0; i < 90_000; i++) {
            text.append("  unknown-").append(i).append(": abcdefgh\n");
        }
        var file = reader.read("f.yaml", text.toString());
        assertThat(text.length()).isGreaterThan(2_000_000);
        assertThat(file.problems()).hasSize(20);
        assertThat(file.problems().getLast().field()).isEqualTo("line 24");
    }

    @Test
    void of_many_problems_of_one_file_the_first_are_told() {
        var problems = reader.read("f.yaml", "---\nx: 1\n".repeat(40_000)).problems();
        assertThat(problems).hasSize(101);
        assertThat(problems.getLast().message()).startsWith("39900 more problems");
    }

    @Test
    void a_kind_or_a_name_of_any_length_is_one_problem() {
        for (var unit : List.of("s", "es", "Ingress")) {
            assertThat(reader.read("f.yaml", "apiVersion: v1\nkind: " + unit.repeat(500_000) + "x\nmetadata: {name: a}")
                            .problems())
                    .hasSizeLessThan(2);
        }
        var named = reader.read("f.yaml", SERVICE.formatted("a".repeat(254)));
        assertThat(named.items()).isEmpty();
        assertThat(named.problems().getFirst().message()).contains("at most 253 characters");
        assertThat(reader.read("f.yaml", "apiVersion: networking.k8s.io/v1\nkind: Ingresses\nmetadata: {name: a}")
                        .problems()
                        .getFirst()
                        .message())
                .contains("did you mean Ingress?");
    }

    @Test
    void a_file_of_any_size_is_not_read_into_memory() throws Exception {
        var file = folder.resolve("large.yaml");
        try (var channel = java.nio.channels.FileChannel.open(
                file, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE)) {
            channel.write(java.nio.ByteBuffer.wrap(new byte[] {'a'}), 1L << 33);
        }
        assertThat(reader.read("large.yaml", file).problems().getFirst().message())
                .contains("larger than 16 MiB");
    }

    @Test
    void links_in_a_circle_and_folders_that_double_with_each_level_are_seen_once() throws Exception {
        var below = folder;
        for (var i = 0; i < 40; i++) {
            var next = Files.createDirectory(folder.resolve("level-" + i));
            Files.createSymbolicLink(below.resolve("one"), next);
            Files.createSymbolicLink(below.resolve("two"), next);
            Files.createSymbolicLink(next.resolve("up"), folder);
            below = next;
        }
        Files.writeString(below.resolve("web.yaml"), SERVICE.formatted("web"));
        Files.createSymbolicLink(folder.resolve("nowhere.yaml"), folder.resolve("none"));
        var tree = FileTree.of(folder);
        assertThat(tree.directories()).hasSize(41);
        assertThat(tree.files()).hasSize(1);
        assertThat(tree.end()).isEmpty();
    }

    @Test
    void a_pipe_is_told_and_not_waited_for_and_no_file_concerns_another() throws Exception {
        Files.writeString(folder.resolve("web.yaml"), SERVICE.formatted("web"));
        Files.writeString(folder.resolve("deep.json"), "[".repeat(50_000));
        pipe(folder.resolve("pipe.yaml"));
        var snapshots = new ArrayList<>();
        try (var source = new DirectorySource(folder, OURS)) {
            source.start(() -> snapshots.add(source.snapshot()));
            await().until(source::isSynced);
            assertThat(source.snapshot().find(Service.KIND, KEY)).isPresent();
            assertThat(source.snapshot().problems())
                    .extracting(Problem::toString)
                    .anyMatch(text -> text.contains("pipe.yaml") && text.contains("is no regular file"))
                    .anyMatch(text -> text.contains("deep.json") && text.contains("levels deep"))
                    .hasSize(2);

            // One that was good keeps what it said, and others are followed.
            Files.writeString(folder.resolve("web.yaml"), "a: &a [*a]");
            Files.writeString(folder.resolve("new.yaml"), SERVICE.formatted("new"));
            await().until(() -> source.snapshot()
                    .find(Service.KIND, new ObjectKey("default", "new"))
                    .isPresent());
            await().until(() -> source.snapshot().problems().size() == 3);
            assertThat(source.snapshot().find(Service.KIND, KEY)).isPresent();
            assertThat(source.isAlive()).isTrue();
        }
    }

    @Test
    void a_class_of_somebody_else_takes_ours_from_nobody() throws Exception {
        Files.writeString(folder.resolve("class.yaml"), """
                apiVersion: networking.k8s.io/v1
                kind: IngressClass
                metadata: {name: other}
                spec: {controller: example.com/other}
                """);
        var snapshot = new ManifestSet().add(folder).snapshot(OURS);
        assertThat(snapshot.all(IngressClass.KIND).map(IngressClass::name)).containsExactlyInAnyOrder("other", "adit");
        assertThat(snapshot.find(IngressClass.KIND, new ObjectKey("", "adit")).map(IngressClass::isDefault))
                .contains(true);
    }

    private static void pipe(Path path) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                .isZero();
    }

    /** Each list holds the one before so many times. */
    private static String laughs(int times, int lists) {
        var text = new StringBuilder("l0: &l0 [ha, ha]\n");
        for (var i = 1; i < lists; i++) {
            text.append("l%1$d: &l%1$d [%2$s]\n".formatted(i, ("*l" + (i - 1) + ",").repeat(times)));
        }
        return text.toString();
    }

    private static String aliasesOfText() {
        return "t: &t " + "a".repeat(1_000_000) + "\nl: [*t" + ",*t".repeat(100) + "]\n";
    }

    private static String nestedAliases() {
        var text = new StringBuilder("n0: &n0 " + "[".repeat(190) + "]".repeat(190) + "\n");
        for (var i = 1; i < 40; i++) {
            text.append("n%1$d: &n%1$d %2$s*n%3$d%4$s\n".formatted(i, "[".repeat(190), i - 1, "]".repeat(190)));
        }
        return text.toString();
    }
}
