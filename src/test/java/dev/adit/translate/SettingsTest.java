package dev.adit.translate;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.adit.routing.policy.Hsts;
import dev.adit.translate.assembly.Assembler;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What annotations may say, and how much of it. */
class SettingsTest {
    @ParameterizedTest
    @CsvSource({
        "31536000, max-age=31536000",
        "max-age=5, max-age=5",
        "MAX-AGE=0, max-age=0",
        "5;includesubdomains, max-age=5; includeSubDomains",
        "5 ; Preload\t; includeSubDomains, max-age=5; preload; includeSubDomains"
    })
    void hsts_is_written_as_the_standard_writes_it(String written, String served) {
        var route = translate("hsts", written)
                .table()
                .hosts()
                .values()
                .iterator()
                .next()
                .routes()
                .getFirst();
        assertThat(route.policy(Hsts.class)).map(hsts -> hsts.value().text()).contains(served);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "31536000;\n includeSubDomains",
                "31536000;\r\n\r\nincludeSubDomains",
                "31536000;\u0085preload",
                "31536000;\u00a0preload",
                "31536000\nx",
                "12345678901",
                "-1",
                "\u0665",
                "5;",
                "5; preload; preload",
                "5; includeSubDomains2"
            })
    void no_other_value_is_hsts(String value) {
        var translation = translate("hsts", value);
        assertThat(reasons(translation)).containsExactly(Reason.ANNOTATION_INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hsts", "connect-timeout", "response-timeout", "load-balance", "ssl-redirect"})
    void a_value_of_any_length_is_one_problem_and_a_short_one(String setting) {
        for (var unit : List.of(";preload", "1", "hash:field:a", " ", "é")) {
            var problems = translate(setting, "1" + unit.repeat(130_000)).problems();
            assertThat(problems).extracting(Problem::reason).containsExactly(Reason.ANNOTATION_INVALID);
            assertThat(problems.getFirst().message()).contains("characters long, and the limit is 4096; use ");
        }
    }

    @Test
    void a_client_ca_of_any_length_lets_nobody_in() {
        var translation = translate("client-ca", "a".repeat(1_000_000));
        assertThat(translation
                        .table()
                        .hosts()
                        .values()
                        .iterator()
                        .next()
                        .routes()
                        .getFirst()
                        .action())
                .isInstanceOf(dev.adit.routing.Route.Action.Answer.class);
        assertThat(reasons(translation)).containsExactly(Reason.SECRET_NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"25h", "597h", "999999h", "86401s", "1441m", "0s", "-1s"})
    void a_timeout_of_more_than_a_day_is_refused(String value) {
        assertThat(reasons(translate("connect-timeout", value))).containsExactly(Reason.ANNOTATION_INVALID);
        assertThat(reasons(translate("connect-timeout", "24h"))).isEmpty();
    }

    @Test
    void a_path_that_is_longer_than_any_target_is_refused() {
        assertThat(reasons(translate(path("/" + "a/".repeat(8_190)), Map.of()))).isEmpty();
        var translation = translate(path("/a".repeat(500_000)), Map.of());
        assertThat(reasons(translation)).containsExactly(Reason.PATH_INVALID);
        assertThat(translation.problems().getFirst().message()).contains("1000000 characters long", "--max-target");
        assertThat(translation.table().hosts().size()).isZero();
    }

    private static List<Reason> reasons(Translation translation) {
        return translation.problems().stream()
                .map(Problem::reason)
                .filter(reason -> reason != Reason.RESOURCE_BACKEND_UNSUPPORTED)
                .toList();
    }

    private static Translation translate(String setting, String value) {
        return translate(path("/"), Map.of("adit.dev/" + setting, value));
    }

    private static Path path(String path) {
        return new Path(path, "Prefix", new Backend.Service("web", new Port.Numbered(80)));
    }

    private static Translation translate(Path path, Map<String, String> settings) {
        var ingress = new Ingress(
                new ObjectKey("ns", "i"),
                "u",
                Instant.EPOCH,
                Optional.of("adit"),
                Optional.empty(),
                Optional.empty(),
                List.of(new Rule("a.test", List.of(path))),
                List.of(),
                false,
                settings,
                List.of());
        var service = new dev.adit.kube.Service(
                new ObjectKey("ns", "web"),
                "",
                "",
                false,
                List.of(new dev.adit.kube.Service.Port("", 80, "")),
                List.of(),
                Optional.empty());
        var ours = IngressClass.of("adit", TranslationOptions.CONTROLLER, true);
        var snapshot = KubeSnapshot.of(Stream.of(ours, ingress, service), Set.of(), List.of());
        return new Assembler(TranslationOptions.of("adit")).translate(snapshot, Instant.EPOCH);
    }
}
