package dev.adit.kube.kind;

import static dev.adit.kube.kind.Fields.list;
import static dev.adit.kube.kind.Fields.object;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.HttpRoute;
import dev.adit.kube.StreamRoute;
import dev.adit.kube.api.StreamRouteObject;
import java.util.List;

/** What TLSRoutes and TCPRoutes have in common. */
final class StreamRoutes {
    private StreamRoutes() {}

    /** Of each rule. */
    static List<List<HttpRoute.Backend>> backends(StreamRouteObject.Spec spec) {
        return list(spec.rules()).stream()
                .map(rule -> list(rule.backendRefs()).stream()
                        .map(HttpRouteKind::backend)
                        .toList())
                .toList();
    }

    static ObjectNode write(StreamRoute source) {
        var json = object(source, source.uid());
        Fields.written(json, source.generation(), source.createdAt());
        var spec = json.putObject("spec");
        HttpRouteRules.writeParents(spec, source);
        var rules = spec.putArray("rules");
        source.backends().forEach(backends -> HttpRouteRules.writeRest(rules.addObject(), List.of(), backends));
        return json;
    }
}
