package dev.adit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.adit.control.incremental.IncrementalTranslator;
import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeObject;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.files.ManifestSet;
import dev.adit.kube.kind.ObjectReader;
import dev.adit.match.RouteIndex;
import dev.adit.match.RoutingRequest;
import dev.adit.routing.Hostname;
import dev.adit.translate.Translation;
import dev.adit.translate.TranslationOptions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.Nullable;

/** Whatever some write, the others are served as if it was not there: run with a heap of 256 MB, and without limit of time. */
class HostileObjectsPropertyTest {
    private static final IngressClass OURS = IngressClass.of("adit", TranslationOptions.CONTROLLER, true);
    private static final String GOOD = """
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: all, namespace: good}
            spec: {defaultBackend: {service: {name: one, port: {number: 80}}}}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: web, namespace: good, annotations: {adit.dev/hsts: "5"}}
            spec:
              tls: [{hosts: [a.test, "*.a.test"], secretName: none}]
              rules:
              - host: a.test
                http:
                  paths:
                  - {path: /, pathType: Prefix, backend: {service: {name: one, port: {number: 80}}}}
                  - {path: /a, pathType: Prefix, backend: {service: {name: two, port: {name: http}}}}
                  - {path: /a/b, pathType: Exact, backend: {service: {name: one, port: {number: 80}}}}
              - host: "*.a.test"
                http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: two, port: {number: 80}}}}]}
            ---
            apiVersion: networking.k8s.io/v1
            kind: Ingress
            metadata: {name: closed, namespace: good, annotations: {adit.dev/client-ca: none}}
            spec:
              rules:
              - host: closed.test
                http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: one, port: {number: 80}}}}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: one, namespace: good}
            spec: {ports: [{name: http, port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: two, namespace: good}
            spec: {ports: [{name: http, port: 80}]}
            ---
            apiVersion: discovery.k8s.io/v1
            kind: EndpointSlice
            metadata: {name: one-1, namespace: good, labels: {kubernetes.io/service-name: one}}
            addressType: IPv4
            ports: [{name: http, port: 8080}]
            endpoints: [{addresses: [192.0.2.1]}, {addresses: [192.0.2.2]}]
            """;
    private static final List<String> HOSTS = List.of("a.test", "x.a.test", "closed.test");
    private static final List<String> PATHS = List.of("/", "/a", "/a/b", "/a/b/c", "/other");

    private final ObjectMapper mapper = new ObjectMapper();
    private final ObjectReader reader = new ObjectReader();

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void in_a_cluster_hostile_objects_change_no_answer_of_others(@ForAll long seed) throws JsonProcessingException {
        var hostile = new ArrayList<KubeObject>();
        for (var object : new HostileObjects(seed).some()) {
            reader.read(mapper.valueToTree(object)).ifPresent(hostile::add);
        }
        var good = new ManifestSet().add("good.yaml", GOOD).snapshot(OURS);
        var mixed = KubeSnapshot.of(Stream.concat(good.items(), hostile.stream()), Set.of(), List.of());

        var translator = new IncrementalTranslator(TranslationOptions.of("adit"), Clock.systemUTC());
        var before = translator.translate(good, good);
        same(translator.translate(mixed, mixed), before);
        same(translator.translate(mixed, mixed), before);
        same(translator.translate(good, good), before);
    }

    @Property(tries = 120, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.OFF)
    void in_a_folder_hostile_files_change_no_answer_of_others(@ForAll long seed) throws JsonProcessingException {
        var hostile = new HostileObjects(seed);
        var objects = hostile.some();
        objects.forEach(object -> disfigure(object, hostile, seed));
        var file = mapper.writeValueAsString(Map.of("apiVersion", "v1", "kind", "List", "items", objects));

        var before = translate(new ManifestSet().add("good.yaml", GOOD));
        var mixed = translate(new ManifestSet().add("good.yaml", GOOD).add("hostile.json", file));
        same(mixed, before);
    }

    private static Translation translate(ManifestSet manifests) {
        var snapshot = manifests.snapshot(OURS);
        return new IncrementalTranslator(TranslationOptions.of("adit"), Clock.systemUTC())
                .translate(snapshot, snapshot);
    }

    /** Some field of it becomes what it cannot be. */
    private static void disfigure(Map<String, Object> object, HostileObjects hostile, long seed) {
        var fields = List.of("spec", "status", "data", "ports", "endpoints", "type", "metadata", "kind", "none");
        var field = fields.get(Math.floorMod(seed, fields.size()));
        if (field.equals("none") || object.containsKey(field)) {
            object.put(field, hostile.misfit());
        }
    }

    private static void same(Translation now, Translation before) {
        var index = RouteIndex.compile(now.table());
        var expected = RouteIndex.compile(before.table());
        for (var host : HOSTS) {
            for (var path : PATHS) {
                var asked = RoutingRequest.of(host, path);
                same(index.match(asked), expected.match(asked), "route of " + host + path);
                same(index.trace(asked).winner(), expected.trace(asked).winner(), "explanation of " + host + path);
            }
            var name = Hostname.parse(host).orElseThrow();
            same(index.tunnel(host), expected.tunnel(host), "tunnel of " + host);
            same(index.clientDemand(host), expected.clientDemand(host), "clients of " + host);
            same(now.table().hosts().get(name), before.table().hosts().get(name), "host " + host);
            same(
                    now.table().certificates().get(name),
                    before.table().certificates().get(name),
                    "certificates of " + host);
        }
        same(now.defaultRoute(), before.defaultRoute(), "default backend");
        before.endpoints()
                .endpoints()
                .forEach((upstream, endpoints) -> same(now.endpoints().of(upstream), endpoints, "endpoints"));
        assertThat(new HashSet<>(now.problems()).containsAll(before.problems())).isTrue();
        for (var problem : now.problems()) {
            assertThat(problem.sentence().length()).isLessThan(1_100);
        }
        assertThat(now.problems().size()).isLessThan(5_000);
    }

    /** Without the values, which may be too large for a message. */
    private static void same(@Nullable Object now, @Nullable Object before, String what) {
        assertThat(Objects.equals(now, before)).as(what + " is the same").isTrue();
    }
}
