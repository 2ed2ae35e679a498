package dev.adit.translate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.adit.control.incremental.LastGoodIngresses;
import dev.adit.kube.Ingress;
import dev.adit.kube.Ingress.Backend;
import dev.adit.kube.Ingress.Path;
import dev.adit.kube.Ingress.Port;
import dev.adit.kube.Ingress.Rule;
import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem;
import dev.adit.kube.Problem.Reason;
import dev.adit.kube.Service;
import dev.adit.match.RouteIndex;
import dev.adit.match.RoutingRequest;
import dev.adit.routing.Route;
import dev.adit.translate.assembly.Assembler;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An Ingress that cannot be translated, and what becomes of it and of the others. */
class RefusalTest {
    private static final List<Path> ROOT = List.of(path("/"));

    private final Assembler translator = new Assembler(TranslationOptions.of("adit"));

    @ParameterizedTest
    @ValueSource(classes = {StackOverflowError.class, OutOfMemoryError.class, IllegalStateException.class})
    void whatever_one_ingress_throws_the_others_are_served_as_if_it_was_not_there(Class<? extends Throwable> thrown) {
        var others = List.of(ingress("a", Map.of(), "a.test"), ingress("z", Map.of(), "z.test"));
        var failing = ingress("m", new Failing(Map.of(), thrown), "a.test", "m.test");
        var alone = translate(others);
        var all = translate(Stream.concat(others.stream(), Stream.of(failing)).toList());
        assertThat(all.table()).isEqualTo(alone.table());
        assertThat(all.endpoints()).isEqualTo(alone.endpoints());
        assertThat(all.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.object()).isEqualTo(failing.key());
            assertThat(problem.reason()).isEqualTo(Reason.UNREADABLE);
            assertThat(problem.message()).contains(thrown.getSimpleName(), "left out");
        });
    }

    @Test
    void one_that_keeps_somebody_out_is_closed_when_it_cannot_be_translated() {
        var open = ingress("a", Map.of(), "a.test");
        var failing = new Failing(Map.of("adit.dev/client-ca", "members"), StackOverflowError.class);
        var guarded = new Ingress(
                new ObjectKey("ns", "b"),
                "u",
                Instant.EPOCH,
                Optional.of("adit"),
                Optional.empty(),
                Optional.empty(),
                List.of(new Rule("a.test", List.of(path("/admin")))),
                List.of(),
                false,
                failing,
                List.of());
        var index = RouteIndex.compile(translate(List.of(open, guarded)).table());
        assertThat(action(index.match(RoutingRequest.of("a.test", "/admin/x"))))
                .isInstanceOf(Route.Action.Answer.class);
        assertThat(action(index.match(RoutingRequest.of("a.test", "/")))).isInstanceOf(Route.Action.Forward.class);
    }

    @Test
    void one_that_is_closed_takes_no_challenge_of_another_namespace() {
        var older = with(List.of(new Rule("a.test", ROOT)), List.of(new Ingress.Tls(List.of("a.test"), "")))
                .agedFrom(Instant.EPOCH.minusSeconds(1));
        var closed = new Ingress(
                new ObjectKey("guest", "b"),
                "u",
                Instant.EPOCH,
                Optional.of("adit"),
                Optional.empty(),
                Optional.empty(),
                List.of(new Rule(
                        "a.test", List.of(path("/.well-known"), path("/.well-known/acme-challenge/t"), path("/b")))),
                List.of(),
                false,
                new Failing(Map.of("adit.dev/client-ca", "members"), StackOverflowError.class),
                List.of());
        var index = RouteIndex.compile(translate(List.of(older, closed)).table());
        assertThat(action(index.match(RoutingRequest.of("a.test", "/.well-known/acme-challenge/t"))))
                .isInstanceOf(Route.Action.Forward.class);
        assertThat(action(index.match(RoutingRequest.of("a.test", "/b")))).isInstanceOf(Route.Action.Answer.class);
    }

    @Test
    void one_that_was_served_stays_as_it_was() {
        var last = new LastGoodIngresses(translator::restrictsAccess);
        last.translate(snapshot(List.of(ingress("a", Map.of(), "a.test"))), this::translate);
        var failing = ingress("a", new Failing(Map.of(), StackOverflowError.class), "b.test");
        var translation = last.translate(snapshot(List.of(failing)), this::translate);
        var index = RouteIndex.compile(translation.table());
        assertThat(action(index.match(RoutingRequest.of("a.test", "/")))).isInstanceOf(Route.Action.Forward.class);
        assertThat(index.match(RoutingRequest.of("b.test", "/"))).isNull();
        assertThat(translation.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .endsWith("The last good version of the whole Ingress stays in force"));
    }

    @Test
    void more_rules_or_paths_than_one_ingress_may_have_leave_it_out_and_nobody_else() {
        var others = List.of(ingress("a", Map.of(), "a.test"));
        var rules = with(Collections.nCopies(5_001, new Rule("b.test", ROOT)), List.of());
        var paths = with(List.of(new Rule("b.test", Collections.nCopies(10_001, path("/")))), List.of());
        var entries = with(List.of(), Collections.nCopies(5_001, new Ingress.Tls(List.of(), "s")));
        var hosts = with(List.of(), List.of(new Ingress.Tls(Collections.nCopies(10_001, "b.test"), "s")));
        for (var large : List.of(rules, paths, entries, hosts)) {
            var translation =
                    translate(Stream.concat(others.stream(), Stream.of(large)).toList());
            assertThat(translation.table()).isEqualTo(translate(others).table());
            assertThat(translation.problems()).extracting(Problem::reason).containsExactly(Reason.TOO_LARGE);
        }
    }

    @Test
    void of_many_problems_of_one_kind_the_first_are_told() {
        var paths = Stream.iterate(0, i -> i + 1)
                .limit(1_000)
                .map(i -> path("no-slash-" + i))
                .toList();
        var problems = translate(List.of(with(List.of(new Rule("b.test", paths)), List.of())))
                .problems();
        assertThat(problems).hasSize(51);
        assertThat(problems)
                .anySatisfy(problem -> assertThat(problem.message()).startsWith("950 more problems of this kind"));
    }

    private Translation translate(List<Ingress> ingresses) {
        return translate(snapshot(ingresses));
    }

    private Translation translate(KubeSnapshot snapshot) {
        return translator.translate(snapshot, Instant.EPOCH);
    }

    private static KubeSnapshot snapshot(List<Ingress> ingresses) {
        var service = new Service(
                new ObjectKey("ns", "web"),
                "",
                "",
                false,
                List.of(new Service.Port("", 80, "")),
                List.of(),
                Optional.empty());
        var ours = IngressClass.of("adit", TranslationOptions.CONTROLLER, true);
        return KubeSnapshot.of(Stream.concat(Stream.of(ours, service), ingresses.stream()), Set.of(), List.of());
    }

    private static Ingress ingress(String name, Map<String, String> settings, String... hosts) {
        return new Ingress(
                new ObjectKey("ns", name),
                "u",
                Instant.EPOCH,
                Optional.of("adit"),
                Optional.empty(),
                Optional.empty(),
                Stream.of(hosts).map(host -> new Rule(host, ROOT)).toList(),
                List.of(),
                false,
                settings,
                List.of());
    }

    private static Ingress with(List<Rule> rules, List<Ingress.Tls> tls) {
        return new Ingress(
                new ObjectKey("ns", "large"),
                "u",
                Instant.EPOCH,
                Optional.of("adit"),
                Optional.empty(),
                Optional.empty(),
                rules,
                tls,
                false,
                Map.of(),
                List.of());
    }

    private static Path path(String path) {
        return new Path(path, "Prefix", new Backend.Service("web", new Port.Numbered(80)));
    }

    private static Route.@Nullable Action action(@Nullable Route route) {
        return route == null ? null : route.action();
    }

    /** Settings of which the names can be seen, and some of the values cannot be read. */
    private static final class Failing extends HashMap<String, String> {
        private static final long serialVersionUID = 1L;
        private final Class<? extends Throwable> thrown;

        Failing(Map<String, String> settings, Class<? extends Throwable> thrown) {
            super(settings);
            put("adit.dev/hsts", "1");
            this.thrown = thrown;
        }

        @Override
        public String get(Object name) {
            if (name.equals("adit.dev/hsts")) {
                Failing.<RuntimeException>raise(thrown);
            }
            return super.get(name);
        }

        @SuppressWarnings("unchecked") // so that any Throwable is thrown as if it was unchecked
        private static <T extends Throwable> void raise(Class<? extends Throwable> thrown) throws T {
            try {
                throw (T) thrown.getDeclaredConstructor().newInstance();
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(e.getMessage(), e);
            }
        }
    }
}
