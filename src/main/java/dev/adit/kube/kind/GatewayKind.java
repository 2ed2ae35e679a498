package dev.adit.kube.kind;

import static dev.adit.kube.kind.Fields.list;
import static dev.adit.kube.kind.Fields.object;
import static dev.adit.kube.kind.Fields.optional;
import static dev.adit.kube.kind.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.Gateway;
import dev.adit.kube.Gateway.AllowedRoutes;
import dev.adit.kube.Gateway.Listener;
import dev.adit.kube.Gateway.RouteKind;
import dev.adit.kube.Gateway.Tls;
import dev.adit.kube.api.GatewayObject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gateway of gateway.networking.k8s.io/v1. */
final class GatewayKind {
    private static final GatewayObject.Spec NO_SPEC = new GatewayObject.Spec(null, null, null, null);
    static final ServedKind<GatewayObject, Gateway> SERVED = ServedKind.of(
                    Gateway.KIND,
                    GatewayObject.class,
                    GatewayObject::new,
                    ServedKind.Place.WATCHED,
                    source -> Optional.of(read(source)),
                    GatewayKind::write)
            .optional();

    private GatewayKind() {}

    static Gateway read(GatewayObject source) {
        var meta = source.getMetadata();
        var spec = source.spec() == null ? NO_SPEC : source.spec();
        return new Gateway(
                Fields.key(source),
                text(meta.getUid()),
                Fields.generation(meta),
                Fields.createdAt(meta),
                text(spec.gatewayClassName()),
                list(spec.listeners()).stream().map(GatewayKind::listener).toList(),
                !list(spec.addresses()).isEmpty(),
                spec.tls() != null && spec.tls().frontend() != null);
    }

    private static Listener listener(GatewayObject.Listener source) {
        return new Listener(
                text(source.name()),
                text(source.hostname()),
                source.port() == null ? 0 : source.port(),
                text(source.protocol()),
                Optional.ofNullable(source.tls()).map(GatewayKind::tls),
                allowed(source.allowedRoutes()));
    }

    private static Tls tls(GatewayObject.Tls source) {
        return new Tls(
                source.mode() == null ? "Terminate" : source.mode(),
                list(source.certificateRefs()).stream()
                        .map(reference -> References.read(reference, "", "Secret"))
                        .toList(),
                source.frontendValidation() != null);
    }

    private static AllowedRoutes allowed(GatewayObject.@Nullable AllowedRoutes source) {
        var namespaces = source == null ? null : source.namespaces();
        var kinds = source == null ? List.<GatewayObject.RouteKind>of() : list(source.kinds());
        return new AllowedRoutes(
                namespaces == null || namespaces.from() == null ? "Same" : namespaces.from(),
                kinds.stream()
                        .map(kind -> new RouteKind(
                                kind.group() == null ? Gateway.KIND.group() : kind.group(), text(kind.kind())))
                        .toList());
    }

    private static ObjectNode write(Gateway source) {
        var json = object(source, source.uid());
        Fields.written(json, source.generation(), source.createdAt());
        var spec = json.putObject("spec").put("gatewayClassName", source.className());
        var listeners = spec.putArray("listeners");
        for (var listener : source.listeners()) {
            write(listeners.addObject(), listener);
        }
        if (source.wantsAddresses()) {
            spec.putArray("addresses").addObject();
        }
        if (source.judgesClients()) {
            spec.putObject("tls").putObject("frontend");
        }
        return json;
    }

    private static void write(ObjectNode json, Listener listener) {
        json.put("name", listener.name()).put("port", listener.port()).put("protocol", listener.protocol());
        optional(json, "hostname", listener.hostname());
        listener.tls().ifPresent(tls -> {
            var written = json.putObject("tls").put("mode", tls.mode());
            var references = written.putArray("certificateRefs");
            tls.certificates().forEach(reference -> References.write(references.addObject(), reference));
            if (tls.judgesClients()) {
                written.putObject("frontendValidation");
            }
        });
        var allowed = json.putObject("allowedRoutes");
        allowed.putObject("namespaces").put("from", listener.allowed().from());
        var kinds = allowed.putArray("kinds");
        listener.allowed()
                .kinds()
                .forEach(kind -> kinds.addObject().put("group", kind.group()).put("kind", kind.kind()));
    }
}
