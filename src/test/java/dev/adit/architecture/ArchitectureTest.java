package dev.adit.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who may know whom; docs/architecture.md draws the same. */
class ArchitectureTest {
    private static final JavaClasses ADIT = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.adit");

    // Names the classes that it takes parts of out of the native image; it calls none of them.
    private static final String SUBSTITUTIONS = "dev.adit.nativeimage";
    // They put the parts together, and so know them all.
    private static final List<String> WIRING = List.of(
            "dev.adit.app", "dev.adit.cli", "dev.adit.cli.inspect", "dev.adit.cli.mode", "dev.adit.cli.options");
    static final Map<String, List<String>> MAY_IMPORT = Map.ofEntries(
            Map.entry("text", List.of()),
            Map.entry("collection", List.of()),
            Map.entry("supervision", List.of()),
            Map.entry("hashing", List.of()),
            Map.entry("routing", List.of("hashing", "collection", "routing.policy", "routing.upstream")),
            Map.entry("routing.policy", List.of("routing.upstream")),
            Map.entry("routing.upstream", List.of("hashing", "collection")),
            Map.entry("routing.text", List.of("collection", "routing", "routing.policy", "routing.upstream", "text")),
            Map.entry("x509", List.of()),
            Map.entry("observe", List.of("http", "routing", "routing.upstream")),
            Map.entry(
                    "observe.log",
                    List.of("http", "observe", "routing", "routing.policy", "routing.upstream", "supervision")),
            Map.entry("observe.series", List.of("observe", "routing", "routing.upstream")),
            Map.entry(
                    "observe.statistics",
                    List.of("http", "observe", "routing", "routing.text", "routing.upstream", "supervision")),
            Map.entry("observe.trace", List.of("http", "observe", "routing", "routing.upstream")),
            Map.entry("kube", List.of("hashing")),
            Map.entry("kube.source", List.of("kube")),
            Map.entry("kube.kind", List.of("kube", "kube.api", "collection", "x509")),
            Map.entry("kube.dns", List.of("kube", "kube.source", "supervision")),
            Map.entry("kube.api", List.of()),
            Map.entry("nativeimage", List.of()),
            Map.entry("kube.watch", List.of("kube", "kube.source", "kube.kind", "kube.api", "supervision")),
            Map.entry("kube.files", List.of("kube", "kube.source", "kube.kind", "kube.api", "supervision")),
            Map.entry("kube.status", List.of("kube", "kube.api", "kube.kind", "collection", "supervision", "text")),
            Map.entry(
                    "translate",
                    List.of("kube", "collection", "routing", "routing.policy", "routing.upstream", "x509")),
            Map.entry("translate.endpoints", List.of("kube", "routing.upstream", "translate")),
            Map.entry(
                    "translate.annotation",
                    List.of("kube", "routing", "routing.policy", "routing.upstream", "translate")),
            Map.entry(
                    "translate.annotation.adit",
                    List.of("kube", "routing", "routing.policy", "routing.upstream", "translate.annotation")),
            Map.entry(
                    "translate.annotation.nginx",
                    List.of(
                            "kube",
                            "routing",
                            "routing.policy",
                            "routing.upstream",
                            "translate",
                            "translate.annotation.adit",
                            "translate.annotation")),
            Map.entry(
                    "translate.ingress",
                    List.of(
                            "kube",
                            "routing",
                            "routing.policy",
                            "routing.upstream",
                            "translate",
                            "translate.annotation",
                            "translate.annotation.adit",
                            "translate.annotation.nginx")),
            Map.entry(
                    "translate.gateway",
                    List.of(
                            "hashing",
                            "kube",
                            "routing",
                            "routing.policy",
                            "routing.upstream",
                            "translate",
                            "translate.gateway.route",
                            "translate.stream")),
            Map.entry("translate.stream", List.of("kube", "routing", "routing.upstream", "translate")),
            Map.entry(
                    "translate.gateway.route",
                    List.of("hashing", "kube", "routing", "routing.policy", "routing.upstream", "translate", "x509")),
            Map.entry(
                    "translate.assembly",
                    List.of(
                            "kube",
                            "routing",
                            "routing.upstream",
                            "translate",
                            "translate.endpoints",
                            "translate.gateway",
                            "translate.ingress",
                            "translate.stream")),
            Map.entry("match", List.of("collection", "routing", "routing.policy", "routing.upstream")),
            Map.entry("balance", List.of("collection", "hashing", "routing", "routing.policy", "routing.upstream")),
            Map.entry(
                    "upstream",
                    List.of(
                            "balance",
                            "exchange",
                            "http",
                            "overload",
                            "routing",
                            "routing.upstream",
                            "upstream.http1",
                            "upstream.http2",
                            "upstream.tls",
                            "http.codec")),
            Map.entry("tls", List.of("collection", "routing", "routing.policy", "routing.upstream", "x509")),
            Map.entry("http", List.of("routing", "routing.policy", "routing.upstream", "match", "x509")),
            Map.entry(
                    "extension",
                    List.of("exchange", "http", "routing", "routing.upstream", "upstream.http2", "http.codec")),
            Map.entry("password", List.of()),
            Map.entry("inquiry", List.of()),
            Map.entry(
                    "filter",
                    List.of(
                            "inquiry",
                            "password",
                            "http",
                            "routing",
                            "routing.policy",
                            "routing.upstream",
                            "http.codec",
                            "match")),
            Map.entry("upstream.http1", List.of("exchange", "http", "overload", "http.codec")),
            Map.entry("upstream.http2", List.of("exchange", "http", "overload", "http.codec", "http.codec.frames")),
            Map.entry("upstream.tls", List.of("routing.upstream", "x509")),
            Map.entry("http.codec.frames", List.of("http", "http.codec", "routing.policy")),
            Map.entry("http.codec", List.of("http", "routing.policy")),
            Map.entry("overload", List.of()),
            Map.entry(
                    "exchange",
                    List.of(
                            "inquiry",
                            "password",
                            "balance",
                            "filter",
                            "http",
                            "match",
                            "observe",
                            "overload",
                            "routing",
                            "routing.policy",
                            "routing.upstream",
                            "http.codec")),
            Map.entry("downstream.http1", List.of("exchange", "overload", "http", "routing.policy", "http.codec")),
            Map.entry(
                    "downstream.http2",
                    List.of("exchange", "overload", "http", "routing.policy", "http.codec", "http.codec.frames")),
            Map.entry(
                    "downstream.listener",
                    List.of(
                            "balance",
                            "exchange",
                            "extension",
                            "http",
                            "downstream.http1",
                            "downstream.http2",
                            "match",
                            "observe",
                            "overload",
                            "routing",
                            "routing.upstream",
                            "tls",
                            "upstream",
                            "upstream.http1")),
            Map.entry(
                    "control",
                    List.of(
                            "kube",
                            "kube.source",
                            "collection",
                            "supervision",
                            "translate",
                            "match",
                            "routing",
                            "routing.policy",
                            "routing.upstream")),
            Map.entry(
                    "control.incremental",
                    List.of(
                            "kube",
                            "kube.source",
                            "collection",
                            "control",
                            "translate",
                            "translate.assembly",
                            "routing",
                            "routing.upstream")),
            Map.entry("state", List.of("kube", "kube.source", "kube.kind", "supervision", "x509")),
            Map.entry("config", List.of("observe.log", "observe.series", "observe.trace", "kube", "translate", "http")),
            Map.entry("compare", List.of("kube", "routing", "translate", "x509")),
            Map.entry("doctor", List.of("explain", "kube", "kube.kind", "routing", "translate")),
            Map.entry("demo", List.of()),
            Map.entry(
                    "migrate",
                    List.of(
                            "kube",
                            "kube.kind",
                            "routing",
                            "routing.policy",
                            "routing.text",
                            "routing.upstream",
                            "text",
                            "translate",
                            "translate.annotation",
                            "translate.annotation.nginx",
                            "translate.ingress")),
            Map.entry(
                    "explain",
                    List.of(
                            "inquiry",
                            "password",
                            "filter",
                            "http",
                            "match",
                            "collection",
                            "routing",
                            "routing.policy",
                            "routing.text",
                            "routing.upstream",
                            "text",
                            "tls",
                            "translate",
                            "kube",
                            "http.codec")),
            Map.entry(
                    "admin.api",
                    List.of(
                            "explain",
                            "control",
                            "match",
                            "collection",
                            "routing",
                            "routing.text",
                            "routing.upstream",
                            "text",
                            "translate",
                            "kube",
                            "observe",
                            "observe.statistics")),
            Map.entry(
                    "admin",
                    List.of(
                            "explain",
                            "control",
                            "match",
                            "collection",
                            "routing",
                            "routing.policy",
                            "routing.upstream",
                            "text",
                            "translate",
                            "kube",
                            "observe",
                            "observe.series")));

    @Test
    void a_package_knows_only_those_it_may_know() {
        MAY_IMPORT.forEach((name, allowed) -> {
            var packages = new ArrayList<>(allowed);
            packages.add(name);
            var known = packages.stream().map(p -> "dev.adit." + p).toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("dev.adit." + name)
                    .should()
                    .dependOnClassesThat(resideInAPackage("dev.adit..").and(not(resideInAnyPackage(known))))
                    .check(ADIT);
        });
    }

    @Test
    void every_package_says_whom_it_may_know() {
        var packages = ADIT.stream()
                .map(type -> type.getPackageName())
                .filter(name -> !WIRING.contains(name))
                .distinct()
                .toList();
        assertThat(packages)
                .containsExactlyInAnyOrderElementsOf(MAY_IMPORT.keySet().stream()
                        .map(name -> "dev.adit." + name)
                        .toList());
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("dev.adit.(*)..").should().beFreeOfCycles().check(ADIT);
    }

    @Test
    void packages_inside_a_package_form_no_cycle() {
        slices().matching("dev.adit.(**)").should().beFreeOfCycles().check(ADIT);
    }

    @Test
    void the_models_and_the_translation_use_the_jdk_alone() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.adit.routing..",
                        "dev.adit.kube",
                        "dev.adit.x509",
                        "dev.adit.text",
                        "dev.adit.observe",
                        "dev.adit.match",
                        "dev.adit.balance",
                        "dev.adit.translate..")
                .should()
                .dependOnClassesThat()
                .resideOutsideOfPackages(
                        "java..",
                        "javax.net..",
                        "javax.security..",
                        "org.jspecify..",
                        "com.google.re2j..",
                        "dev.adit..")
                .check(ADIT);
    }

    @Test
    void the_translation_knows_no_time_and_no_chance() {
        noClasses()
                .that()
                .resideInAPackage("dev.adit.translate..")
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(Clock.class, Random.class, System.class)
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .check(ADIT);
    }

    @Test
    void the_kubernetes_client_stays_in_kube_and_the_composition_root() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.adit.kube..", "dev.adit.app", SUBSTITUTIONS)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8..")
                .check(ADIT);
    }

    @Test
    void only_status_writes_to_the_api() {
        noClasses()
                .that()
                .resideOutsideOfPackages("dev.adit.kube.status", SUBSTITUTIONS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.fabric8.kubernetes.client.dsl.base..", "io.fabric8.kubernetes.client.extended..")
                .check(ADIT);
    }

    @Test
    void the_data_plane_never_blocks() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "dev.adit.downstream.listener",
                        "dev.adit.delegate",
                        "dev.adit.http..",
                        "dev.adit.downstream.http1..",
                        "dev.adit.downstream.http2..",
                        "dev.adit.exchange..",
                        "dev.adit.overload..",
                        "dev.adit.http.codec..",
                        "dev.adit.upstream",
                        "dev.adit.balance",
                        "dev.adit.match")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.io", "java.nio.file..", "java.util.concurrent.locks..")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(ADIT);
    }

    @Test
    void nothing_is_static_and_mutable() {
        fields().that()
                .areStatic()
                .and()
                .doNotHaveModifier(JavaModifier.SYNTHETIC)
                .should()
                .beFinal()
                .check(ADIT);
    }

    @Test
    void names_say_what_a_class_is() {
        for (var ending : List.of("Manager", "Helper", "Util", "Utils", "Impl", "Info", "Data", "Processor")) {
            noClasses()
                    .that()
                    .doNotHaveSimpleName("SniKeyManager") // the JSSE's own word for what it is
                    .should()
                    .haveSimpleNameEndingWith(ending)
                    .check(ADIT);
        }
    }

    @Test
    void nobody_prints() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.adit.cli..")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(ADIT);
    }
}
