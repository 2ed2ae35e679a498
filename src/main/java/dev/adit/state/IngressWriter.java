package dev.adit.state;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.Ingress;
import dev.adit.kube.Ingress.Backend;
import dev.adit.kube.Ingress.Port;
import java.time.Instant;

/** Writes an Ingress as the Kubernetes API would. */
final class IngressWriter {
    private static final String CLASS = "kubernetes.io/ingress.class";
    private static final String ACME_SOLVER = "acme.cert-manager.io/http01-solver";

    private IngressWriter() {}

    static ObjectNode write(Ingress source) {
        var json = ObjectWriter.object("networking.k8s.io/v1", "Ingress", source.key(), source.uid());
        var meta = ObjectWriter.meta(json);
        if (!source.createdAt().equals(Instant.EPOCH)) {
            meta.put("creationTimestamp", source.createdAt().toString());
        }
        if (source.isAcmeSolver()) {
            meta.putObject("labels").put(ACME_SOLVER, "true");
        }
        var annotations = meta.putObject("annotations");
        source.settings().forEach((name, value) -> annotations.put(Ingress.SETTINGS_PREFIX + name, value));
        source.classAnnotation().ifPresent(name -> annotations.put(CLASS, name));
        spec(json.putObject("spec"), source);
        ObjectWriter.addresses(json, source.addresses());
        return json;
    }

    private static void spec(ObjectNode spec, Ingress source) {
        source.className().ifPresent(name -> spec.put("ingressClassName", name));
        source.defaultBackend().ifPresent(backend -> backend(spec.putObject("defaultBackend"), backend));
        var rules = spec.putArray("rules");
        for (var rule : source.rules()) {
            var written = rules.addObject();
            ObjectWriter.optional(written, "host", rule.host());
            var paths = written.putObject("http").putArray("paths");
            for (var path : rule.paths()) {
                var entry = paths.addObject();
                ObjectWriter.optional(entry, "path", path.path());
                ObjectWriter.optional(entry, "pathType", path.pathType());
                backend(entry.putObject("backend"), path.backend());
            }
        }
        var tls = spec.putArray("tls");
        for (var entry : source.tls()) {
            var written = tls.addObject();
            entry.hosts().forEach(written.putArray("hosts")::add);
            ObjectWriter.optional(written, "secretName", entry.secretName());
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
