package dev.adit.kube.kind;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.adit.kube.ConfigMap;
import dev.adit.kube.Gateway;
import dev.adit.kube.GatewayClass;
import dev.adit.kube.HttpRoute;
import dev.adit.kube.Namespace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the manifests let Adit do, beside what it needs. */
class PermissionsTest {
    private static final Path MANIFESTS = Path.of("src/main/kubernetes");

    @Test
    void every_kind_may_be_listed_and_watched() throws IOException {
        var allowed = allowed("ClusterRole", "common.yml");
        var own = allowed("Role", "common.yml");
        for (var served : ServedKinds.ALL) {
            var kind = served.kind();
            // ConfigMaps are read in the namespace of the controller alone.
            var where = kind == ConfigMap.KIND ? own : allowed;
            for (var verb : List.of("list", "watch")) {
                assertThat(where).as(kind.name()).contains(verb + " " + kind.plural() + "." + kind.group());
            }
        }
    }

    @Test
    void where_adit_looks_into_one_namespace_it_may_still_see_what_belongs_to_none() throws IOException {
        var allowed = allowed("ClusterRole", "namespaced/rbac.yaml");
        for (var served : ServedKinds.ALL) {
            if (served.place() == ServedKind.Place.CLUSTER && served.kind() != Namespace.KIND) {
                assertThat(allowed)
                        .contains("list " + served.kind().plural() + "."
                                + served.kind().group());
            }
        }
    }

    @Test
    void the_status_of_classes_may_be_read_and_written() throws IOException {
        var kind = GatewayClass.KIND;
        for (var file : List.of("common.yml", "namespaced/rbac.yaml")) {
            assertThat(allowed("ClusterRole", file))
                    .contains("get " + kind.plural() + "." + kind.group())
                    .contains("patch " + kind.plural() + "/status." + kind.group());
        }
    }

    @Test
    void the_statuses_of_gateways_and_routes_may_be_read_and_written() throws IOException {
        for (var kind : List.of(Gateway.KIND, HttpRoute.KIND)) {
            assertThat(allowed("ClusterRole", "common.yml"))
                    .contains("get " + kind.plural() + "." + kind.group())
                    .contains("patch " + kind.plural() + "/status." + kind.group());
        }
    }

    @Test
    void nothing_may_be_read_that_is_no_kind_of_ours() throws IOException {
        var known = new HashSet<String>();
        ServedKinds.ALL.forEach(
                served -> known.add(served.kind().plural() + "." + served.kind().group()));
        var read = new HashSet<String>();
        for (var right : allowed("ClusterRole", "common.yml")) {
            var verb = right.substring(0, right.indexOf(' '));
            if (Set.of("get", "list", "watch").contains(verb)) {
                read.add(right.substring(verb.length() + 1));
            }
        }
        assertThat(known).containsAll(read);
    }

    /** As "verb plural.group". */
    private static Set<String> allowed(String kind, String file) throws IOException {
        var rights = new HashSet<String>();
        for (var document : documents(file)) {
            if (document.path("kind").asText().equals(kind)) {
                for (var rule : document.path("rules")) {
                    rule.path("verbs")
                            .forEach(verb -> rule.path("resources")
                                    .forEach(resource -> rule.path("apiGroups")
                                            .forEach(group -> rights.add(
                                                    verb.asText() + " " + resource.asText() + "." + group.asText()))));
                }
            }
        }
        return rights;
    }

    private static List<JsonNode> documents(String file) throws IOException {
        var documents = new ArrayList<JsonNode>();
        try (var parser = new YAMLFactory().createParser(MANIFESTS.resolve(file).toFile())) {
            new YAMLMapper()
                    .readerFor(JsonNode.class)
                    .<JsonNode>readValues(parser)
                    .forEachRemaining(documents::add);
        }
        return documents;
    }
}
