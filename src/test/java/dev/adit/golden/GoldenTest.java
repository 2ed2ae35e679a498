package dev.adit.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.cli.options.TranslationArguments;
import dev.adit.kube.Condition;
import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.Status;
import dev.adit.kube.files.DirectorySource;
import dev.adit.routing.text.RoutingText;
import dev.adit.translate.Translation;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.assembly.Assembler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/**
 * {@code in.yaml} means {@code routes.txt} and {@code status.yaml}, with the options of the command line that {@code
 * options.txt} has, one in a line; {@code make golden} writes what they mean anew.
 */
class GoldenTest {
    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    @TempDir
    Path manifests;

    static Stream<String> cases() throws IOException {
        try (var directories = Files.list(GOLDEN)) {
            return directories.map(d -> d.getFileName().toString()).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void manifests_mean_these_routes_and_this_status(String name) throws Exception {
        var directory = GOLDEN.resolve(name);
        Files.copy(directory.resolve("in.yaml"), manifests.resolve("in.yaml"));
        var options = options(directory.resolve("options.txt"));
        var translation = new Assembler(options).translate(read(manifests, options.impliedClass()), NOW);
        var routes =
                RoutingText.of(translation.table(), translation.endpoints()).toString();
        compare(directory.resolve("routes.txt"), routes);
        compare(directory.resolve("status.yaml"), status(translation));
    }

    private static TranslationOptions options(Path file) throws IOException {
        var arguments = new TranslationArguments();
        if (Files.exists(file)) {
            new CommandLine(arguments).parseArgs(Files.readAllLines(file).toArray(String[]::new));
        } else {
            new CommandLine(arguments).parseArgs();
        }
        return arguments.options(TranslationOptions.NAMESPACE, TranslationOptions.MAX_TARGET);
    }

    private static KubeSnapshot read(Path directory, IngressClass implied) throws InterruptedException {
        var loaded = new CountDownLatch(1);
        try (var source = new DirectorySource(directory, implied)) {
            source.start(loaded::countDown);
            assertThat(loaded.await(30, TimeUnit.SECONDS)).isTrue();
            return source.snapshot();
        }
    }

    /** The statuses by object, and what an author is told. */
    private static String status(Translation translation) {
        var statuses = translation.statuses().values().stream()
                .sorted(Comparator.comparing(status -> status.object().toString()))
                .map(GoldenTest::status);
        var problems = translation.problems().stream().map(problem -> "# " + problem);
        return Stream.concat(statuses, problems).collect(Collectors.joining("\n", "", "\n"));
    }

    private static String status(Status status) {
        return switch (status) {
            case Status.Addresses(var ingress) -> ingress.ref() + ": {loadBalancer: addresses of Adit}";
            case Status.OfClass(var object, var _, var generation, var conditions, var _) ->
                object + ":" + conditions(generation, conditions);
            case Status.OfGateway gateway ->
                gateway.object() + ":" + place(gateway.place())
                        + conditions(gateway.generation(), gateway.conditions())
                        + (gateway.attachedSets().isPresent()
                                ? "\n  listener sets: " + gateway.attachedSets().getAsInt()
                                : "")
                        + listeners(gateway.generation(), gateway.listeners());
            case Status.OfListenerSet set ->
                set.object() + ":" + conditions(set.generation(), set.conditions())
                        + listeners(set.generation(), set.listeners());
            case Status.Shared route ->
                route.object()
                        + route.parents().stream()
                                .map(parent -> (route instanceof Status.OfPolicy ? "\n  ancestor " : "\n  parent ")
                                        + parent.parent().object() + " "
                                        + parent.parent().sectionName()
                                        + conditions(route.generation(), parent.conditions()))
                                .collect(Collectors.joining("", ":", ""));
        };
    }

    private static String listeners(long generation, List<Status.OfListener> listeners) {
        return listeners.stream()
                .map(listener -> "\n  listener %s: %d attached, %s%s"
                        .formatted(
                                listener.name(),
                                listener.attached(),
                                listener.supported().stream()
                                        .map(kind -> kind.kind())
                                        .toList(),
                                conditions(generation, listener.conditions())))
                .collect(Collectors.joining());
    }

    private static String place(Status.Place place) {
        return switch (place) {
            case Status.Place.Shared _ -> "";
            case Status.Place.Own(var wanted, var addresses) ->
                "\n  at " + addresses
                        + wanted.map(service -> "\n  by Service %s%s, labels %s and %s, annotations %s and %s, ports %s"
                                        .formatted(
                                                service.key(),
                                                service.address().isEmpty() ? "" : " at " + service.address(),
                                                new TreeMap<>(service.labels()),
                                                new TreeMap<>(service.infrastructureLabels()),
                                                new TreeMap<>(service.annotations()),
                                                new TreeMap<>(service.infrastructureAnnotations()),
                                                service.ports().stream()
                                                        .map(port ->
                                                                port.name() + ":" + port.number() + ">" + port.target())
                                                        .toList()))
                                .orElse("");
        };
    }

    private static String conditions(long generation, List<Condition> conditions) {
        return conditions.stream()
                .map(condition ->
                        "\n  - {type: %s, status: \"%s\", observedGeneration: %d, reason: %s, message: \"%s\"}"
                                .formatted(
                                        condition.type(),
                                        condition.holds() ? "True" : "False",
                                        generation,
                                        condition.reason(),
                                        condition.message()))
                .collect(Collectors.joining());
    }

    private static void compare(Path file, String actual) throws IOException {
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, actual);
        }
        assertThat(actual).isEqualTo(Files.readString(file));
    }
}
