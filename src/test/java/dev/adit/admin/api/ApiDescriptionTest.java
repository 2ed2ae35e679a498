package dev.adit.admin.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.adit.control.ChangeLog;
import dev.adit.control.ControlState;
import dev.adit.control.ControlView;
import dev.adit.kube.KubeSnapshot;
import dev.adit.match.Generation;
import dev.adit.match.RouteIndex;
import dev.adit.observe.TrafficMeters;
import dev.adit.observe.statistics.Statistics;
import dev.adit.testbed.Adit;
import dev.adit.testbed.IngressNginx;
import dev.adit.testbed.RawOrigin;
import dev.adit.translate.Translation;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ApiDescriptionTest {
    private static final String ROOT = "/api/v1/";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";

    private static final JsonNode DESCRIPTION = description();

    private final Set<String> seen = new TreeSet<>();

    private static JsonNode description() {
        try (var in = ApiRouter.class.getResourceAsStream("/page/openapi.yaml")) {
            return YAMLMapper.builder().build().readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ControlView showing(Translation translation) {
        var table = translation.table();
        var generation = new Generation(1, table, RouteIndex.compile(table), translation.endpoints());
        return new ControlView() {
            @Override
            public ControlState state() {
                return new ControlState(generation, translation, true, false, Instant.EPOCH);
            }

            @Override
            public boolean isDraining() {
                return false;
            }

            @Override
            public boolean isListening() {
                return true;
            }

            @Override
            public boolean isAlive() {
                return true;
            }
        };
    }

    @Test
    void it_says_every_path_and_every_field_that_there_is_and_none_that_there_is_not() throws Exception {
        try (var statistics = new Statistics(Clock.systemUTC(), 4);
                var web = RawOrigin.answering(OK.replace("200 OK", "500 No"));
                var adit = Adit.serving(
                        Adit.ingress("adit.dev/unknown: \"1\"") + Adit.service("web", web.port()),
                        IngressNginx.options(),
                        statistics.register())) {
            statistics.start();
            adit.send("GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n");
            var view = showing(adit.translation());
            var log = new ChangeLog();
            log.accept(KubeSnapshot.EMPTY, view.state());
            var api = new ApiRouter(view, log, statistics, new TrafficMeters(), new String[] {"--http-port=0"});
            var paths = new HashSet<String>();
            api.resources().keySet().forEach(name -> paths.add(ROOT + name));
            assertThat(names(DESCRIPTION.path("paths"))).isEqualTo(paths);
            api.resources().forEach((name, resource) -> {
                var schema = DESCRIPTION
                        .path("paths")
                        .path(ROOT + name)
                        .at("/get/responses/200/content/application~1json/schema");
                check(ROOT + name, schema, resource.apply(new Query(MultiMap.caseInsensitiveMultiMap())));
            });
        }
        assertThat(seen).contains(ROOT + "routes.items.services.endpoints.state", ROOT + "requests.failed.path");
    }

    private void check(String where, JsonNode schema, JsonNode value) {
        seen.add(where);
        var known = resolved(schema);
        if (known.has("allOf")) {
            var properties = new HashSet<String>();
            known.path("allOf")
                    .forEach(part -> properties.addAll(names(resolved(part).path("properties"))));
            assertThat(properties).as(where).containsAll(names(value));
            known.path("allOf").forEach(part -> checkFields(where, resolved(part), value));
        } else if (known.path("type").asText().equals("object") && known.has("properties")) {
            assertThat(names(known.path("properties"))).as(where).containsAll(names(value));
            checkFields(where, known, value);
        } else if (known.path("type").asText().equals("array")) {
            assertThat(value.isArray()).as(where).isTrue();
            value.forEach(item -> check(where, known.path("items"), item));
        } else {
            assertThat(value.getNodeType().name().toLowerCase(Locale.ROOT).replace("integer", "number"))
                    .as(where)
                    .isEqualTo(known.path("type").asText().replace("integer", "number"));
        }
    }

    private void checkFields(String where, JsonNode schema, JsonNode value) {
        schema.path("properties").properties().forEach(property -> {
            if (value.has(property.getKey())) {
                check(where + "." + property.getKey(), property.getValue(), value.get(property.getKey()));
            }
        });
    }

    private static JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? DESCRIPTION.at(schema.path("$ref").asText().substring(1)) : schema;
    }

    private static Set<String> names(JsonNode object) {
        var names = new HashSet<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
