package dev.adit.kube.kind;

import static dev.adit.kube.kind.Fields.list;
import static dev.adit.kube.kind.Fields.object;
import static dev.adit.kube.kind.Fields.optional;
import static dev.adit.kube.kind.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.GrpcRoute;
import dev.adit.kube.GrpcRoute.Match;
import dev.adit.kube.GrpcRoute.Rule;
import dev.adit.kube.api.GrpcRouteObject;
import java.util.List;
import java.util.Optional;

/** GRPCRoute of gateway.networking.k8s.io/v1. */
final class GrpcRouteKind {
    private static final GrpcRouteObject.Spec NO_SPEC = new GrpcRouteObject.Spec(null, null, null);
    private static final GrpcRouteObject.Rule EVERY_CALL = new GrpcRouteObject.Rule(null, null, null, null);
    private static final String EXACT = "Exact";
    private static final Match EVERY_METHOD = new Match(EXACT, "", "", List.of());
    static final ServedKind<GrpcRouteObject, GrpcRoute> SERVED = ServedKind.of(
                    GrpcRoute.KIND,
                    GrpcRouteObject.class,
                    GrpcRouteObject::new,
                    ServedKind.Place.WATCHED,
                    source -> Optional.of(read(source)),
                    GrpcRouteKind::write)
            .optional()
            .alike("v1alpha2");

    private GrpcRouteKind() {}

    static GrpcRoute read(GrpcRouteObject source) {
        var meta = source.getMetadata();
        var spec = source.spec() == null ? NO_SPEC : source.spec();
        var rules = spec.rules() == null ? List.of(EVERY_CALL) : spec.rules();
        return new GrpcRoute(
                Fields.key(source),
                text(meta.getUid()),
                Fields.generation(meta),
                Fields.createdAt(meta),
                list(spec.parentRefs()).stream().map(HttpRouteKind::parent).toList(),
                list(spec.hostnames()),
                rules.stream().map(GrpcRouteKind::rule).toList());
    }

    private static Rule rule(GrpcRouteObject.Rule source) {
        var matches = list(source.matches()).stream().map(GrpcRouteKind::match).toList();
        return new Rule(
                matches.isEmpty() ? List.of(EVERY_METHOD) : matches,
                list(source.filters()).stream().map(HttpRouteKind::filter).toList(),
                list(source.backendRefs()).stream().map(HttpRouteKind::backend).toList(),
                HttpRouteKind.session(source.sessionPersistence()));
    }

    private static Match match(GrpcRouteObject.Match source) {
        var method = source.method();
        return new Match(
                method == null || method.type() == null ? EXACT : method.type(),
                method == null ? "" : text(method.service()),
                method == null ? "" : text(method.method()),
                list(source.headers()).stream().map(HttpRouteKind::value).toList());
    }

    private static ObjectNode write(GrpcRoute source) {
        var json = object(source, source.uid());
        Fields.written(json, source.generation(), source.createdAt());
        var spec = json.putObject("spec");
        HttpRouteRules.writeParents(spec, source);
        var rules = spec.putArray("rules");
        for (var rule : source.calls()) {
            var written = rules.addObject();
            var matches = written.putArray("matches");
            for (var match : rule.matches()) {
                var one = matches.addObject();
                var method = one.putObject("method").put("type", match.type());
                optional(method, "service", match.service());
                optional(method, "method", match.method());
                HttpRouteRules.values(one.putArray("headers"), match.headers());
            }
            HttpRouteRules.writeRest(written, rule.filters(), rule.backends());
            HttpRouteRules.write(written, rule.session());
        }
        return json;
    }
}
