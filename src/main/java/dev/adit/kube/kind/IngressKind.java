package dev.adit.kube.kind;

import static dev.adit.kube.kind.Fields.addresses;
import static dev.adit.kube.kind.Fields.key;
import static dev.adit.kube.kind.Fields.list;
import static dev.adit.kube.kind.Fields.map;
import static dev.adit.kube.kind.Fields.meta;
import static dev.adit.kube.kind.Fields.object;
import static dev.adit.kube.kind.Fields.optional;
import static dev.adit.kube.kind.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.collection.TextMap;
import dev.adit.kube.Ingress;
import dev.adit.kube.Ingress.Backend;
import dev.adit.kube.Ingress.Path;
import dev.adit.kube.Ingress.Port;
import dev.adit.kube.Ingress.Rule;
import dev.adit.kube.Ingress.Tls;
import dev.adit.kube.api.IngressObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Ingress of networking.k8s.io/v1. It is read without being judged: translation says what is wrong, where the field is known. */
final class IngressKind {
    private static final IngressObject.Spec NO_SPEC = new IngressObject.Spec(null, null, null, null);
    private static final String ACME_SOLVER = "acme.cert-manager.io/http01-solver";
    private static final String CLASS = "kubernetes.io/ingress.class";

    private static final Shape SERVICE = Shape.of("name").and("port", Shape.of("name", "number"));
    private static final Shape BACKEND =
            Shape.of().and("service", SERVICE).and("resource", Shape.of("apiGroup", "kind", "name"));
    private static final Shape PATHS =
            new Shape.Sequence(Shape.of("path", "pathType").and("backend", BACKEND));
    private static final Shape RULE = Shape.of("host").and("http", Shape.of().and("paths", PATHS));
    private static final Shape SPEC = Shape.of("ingressClassName")
            .and("defaultBackend", BACKEND)
            .and("tls", new Shape.Sequence(Shape.of("hosts", "secretName")))
            .and("rules", new Shape.Sequence(RULE));
    static final ServedKind<IngressObject, Ingress> SERVED = ServedKind.of(
                    Ingress.KIND,
                    IngressObject.class,
                    IngressObject::new,
                    ServedKind.Place.WATCHED,
                    source -> Optional.of(read(source)),
                    IngressKind::write)
            .knowing(SPEC);

    private IngressKind() {}

    static Ingress read(IngressObject source) {
        var meta = source.getMetadata();
        var spec = source.spec() == null ? NO_SPEC : source.spec();
        return new Ingress(
                key(source),
                text(meta.getUid()),
                Fields.createdAt(meta),
                Optional.ofNullable(spec.ingressClassName()),
                Optional.ofNullable(map(meta.getAnnotations()).get(CLASS)),
                Optional.ofNullable(spec.defaultBackend()).map(IngressKind::backend),
                list(spec.rules()).stream().map(IngressKind::rule).toList(),
                list(spec.tls()).stream()
                        .map(t -> new Tls(List.copyOf(list(t.hosts())), text(t.secretName())))
                        .toList(),
                "true".equals(map(meta.getLabels()).get(ACME_SOLVER)),
                forControllers(map(meta.getAnnotations())),
                addresses(source.status()));
    }

    private static Map<String, String> forControllers(Map<String, String> annotations) {
        var kept = new HashMap<String, String>();
        annotations.forEach((name, value) -> {
            if (Ingress.isForControllers(name)) {
                kept.put(name, text(value));
            }
        });
        return TextMap.of(kept);
    }

    private static Rule rule(IngressObject.Rule source) {
        var paths = source.http() == null
                ? List.<IngressObject.Path>of()
                : list(source.http().paths());
        return new Rule(
                text(source.host()), paths.stream().map(IngressKind::path).toList());
    }

    private static Path path(IngressObject.Path source) {
        var backend = source.backend() == null ? new Backend.Missing() : backend(source.backend());
        return new Path(text(source.path()), text(source.pathType()), backend);
    }

    private static Backend backend(IngressObject.Backend source) {
        if (source.resource() != null) {
            return new Backend.Resource(
                    text(source.resource().kind()), text(source.resource().name()));
        }
        var service = source.service();
        return service == null || text(service.name()).isEmpty()
                ? new Backend.Missing()
                : new Backend.Service(text(service.name()), port(service));
    }

    private static Port port(IngressObject.Service source) {
        var port = source.port();
        if (port == null) {
            return new Port.Missing();
        }
        if (port.number() != null) {
            return text(port.name()).isEmpty()
                    ? new Port.Numbered(port.number())
                    : new Port.Ambiguous(text(port.name()), port.number());
        }
        return text(port.name()).isEmpty() ? new Port.Missing() : new Port.Named(text(port.name()));
    }

    private static ObjectNode write(Ingress source) {
        var json = object(source, source.uid());
        Fields.written(json, 0, source.createdAt());
        var meta = meta(json);
        if (source.isAcmeSolver()) {
            meta.putObject("labels").put(ACME_SOLVER, "true");
        }
        var annotations = meta.putObject("annotations");
        source.annotations().forEach(annotations::put);
        source.classAnnotation().ifPresent(name -> annotations.put(CLASS, name));
        spec(json.putObject("spec"), source);
        addresses(json, source.addresses());
        return json;
    }

    private static void spec(ObjectNode spec, Ingress source) {
        source.className().ifPresent(name -> spec.put("ingressClassName", name));
        source.defaultBackend().ifPresent(backend -> backend(spec.putObject("defaultBackend"), backend));
        var rules = spec.putArray("rules");
        for (var rule : source.rules()) {
            var written = rules.addObject();
            optional(written, "host", rule.host());
            var paths = written.putObject("http").putArray("paths");
            for (var path : rule.paths()) {
                var entry = paths.addObject();
                optional(entry, "path", path.path());
                optional(entry, "pathType", path.pathType());
                backend(entry.putObject("backend"), path.backend());
            }
        }
        var tls = spec.putArray("tls");
        for (var entry : source.tls()) {
            var written = tls.addObject();
            entry.hosts().forEach(written.putArray("hosts")::add);
            optional(written, "secretName", entry.secretName());
        }
    }

    private static void backend(ObjectNode json, Backend backend) {
        switch (backend) {
            case Backend.Missing _ -> {}
            case Backend.Resource(var kind, var name) ->
                json.putObject("resource").put("kind", kind).put("name", name);
            case Backend.Service(var name, var port) ->
                port(json.putObject("service").put("name", name).putObject("port"), port);
        }
    }

    private static void port(ObjectNode json, Port port) {
        switch (port) {
            case Port.Missing _ -> {}
            case Port.Named(var name) -> json.put("name", name);
            case Port.Numbered(var number) -> json.put("number", number);
            case Port.Ambiguous(var name, var number) -> json.put("name", name).put("number", number);
        }
    }
}
