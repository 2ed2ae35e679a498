package dev.adit.kube.kind;

import static dev.adit.kube.kind.Fields.list;
import static dev.adit.kube.kind.Fields.object;
import static dev.adit.kube.kind.Fields.optional;
import static dev.adit.kube.kind.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.Gateway;
import dev.adit.kube.Gateway.AllowedRoutes;
import dev.adit.kube.Gateway.ClientValidation;
import dev.adit.kube.Gateway.Listener;
import dev.adit.kube.Gateway.Namespaces;
import dev.adit.kube.Gateway.RouteKind;
import dev.adit.kube.Gateway.Tls;
import dev.adit.kube.LabelSelector;
import dev.adit.kube.api.GatewayObject;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Gateway of gateway.networking.k8s.io/v1. */
final class GatewayKind {
    private static final GatewayObject.Spec NO_SPEC = new GatewayObject.Spec(null, null, null, null, null, null);
    static final ServedKind<GatewayObject, Gateway> SERVED = ServedKind.of(
                    Gateway.KIND,
                    GatewayObject.class,
                    GatewayObject::new,
                    ServedKind.Place.WATCHED,
                    source -> Optional.of(read(source)),
                    GatewayKind::write)
            .optional()
            .alike("v1beta1");

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
                list(spec.addresses()).stream().map(GatewayKind::address).toList(),
                infrastructure(spec.infrastructure()),
                Optional.ofNullable(spec.tls())
                        .map(GatewayObject.ClientTls::frontend)
                        .map(GatewayKind::clients)
                        .orElse(List.of()),
                Optional.ofNullable(spec.tls())
                        .map(GatewayObject.ClientTls::backend)
                        .map(GatewayObject.Backend::clientCertificateRef)
                        .map(reference -> References.read(reference, "", "Secret")),
                spec.allowedListeners() == null
                        ? Namespaces.NONE
                        : namespaces(spec.allowedListeners().namespaces(), Namespaces.NONE.from()));
    }

    private static List<ClientValidation> clients(GatewayObject.Frontend source) {
        var all = Stream.ofNullable(source.byDefault()).map(one -> validation(OptionalInt.empty(), one));
        var ofPorts = list(source.perPort()).stream()
                .map(one -> validation(OptionalInt.of(one.port() == null ? 0 : one.port()), one.tls()));
        var wanted = Stream.concat(all, ofPorts).toList();
        // The API server takes none that says nothing. In a file, nobody knows what it was to say.
        return wanted.isEmpty() ? List.of(new ClientValidation(OptionalInt.empty(), true, List.of(), "")) : wanted;
    }

    private static ClientValidation validation(OptionalInt port, GatewayObject.@Nullable OfPort source) {
        if (source == null) {
            return new ClientValidation(port, true, List.of(), "");
        }
        var validation = source.validation();
        return validation == null
                ? new ClientValidation(port, false, List.of(), "")
                : new ClientValidation(
                        port,
                        true,
                        list(validation.caCertificateRefs()).stream()
                                .map(reference -> References.read(reference, "", "ConfigMap"))
                                .toList(),
                        validation.mode() == null ? "AllowValidOnly" : validation.mode());
    }

    private static void write(ObjectNode frontend, ClientValidation source) {
        ObjectNode tls;
        if (source.port().isPresent()) {
            tls = frontend.withArray("perPort")
                    .addObject()
                    .put("port", source.port().getAsInt())
                    .putObject("tls");
        } else {
            tls = frontend.putObject("default");
        }
        if (source.isWanted()) {
            var validation = tls.putObject("validation").put("mode", source.mode());
            var references = validation.putArray("caCertificateRefs");
            source.authorities().forEach(reference -> References.write(references.addObject(), reference));
        }
    }

    private static Gateway.Address address(GatewayObject.Address source) {
        return new Gateway.Address(source.type() == null ? "IPAddress" : source.type(), text(source.value()));
    }

    private static Gateway.Infrastructure infrastructure(GatewayObject.@Nullable Infrastructure source) {
        return source == null
                ? Gateway.Infrastructure.NONE
                : new Gateway.Infrastructure(
                        Fields.map(source.labels()), Fields.map(source.annotations()), source.parametersRef() != null);
    }

    static Listener listener(GatewayObject.Listener source) {
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
        var kinds = source == null ? List.<GatewayObject.RouteKind>of() : list(source.kinds());
        return new AllowedRoutes(
                namespaces(source == null ? null : source.namespaces(), "Same"),
                kinds.stream()
                        .map(kind -> new RouteKind(
                                kind.group() == null ? Gateway.KIND.group() : kind.group(), text(kind.kind())))
                        .toList());
    }

    private static Namespaces namespaces(GatewayObject.@Nullable Namespaces source, String byDefault) {
        return new Namespaces(
                source == null || source.from() == null ? byDefault : source.from(),
                Optional.ofNullable(source)
                        .map(GatewayObject.Namespaces::selector)
                        .map(GatewayKind::selector));
    }

    private static LabelSelector selector(GatewayObject.Selector source) {
        return new LabelSelector(
                Fields.map(source.matchLabels()),
                list(source.matchExpressions()).stream()
                        .map(one -> new LabelSelector.Requirement(
                                text(one.key()), text(one.operator()), list(one.values())))
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
        if (!source.addresses().isEmpty()) {
            var addresses = spec.putArray("addresses");
            source.addresses()
                    .forEach(address ->
                            addresses.addObject().put("type", address.type()).put("value", address.value()));
        }
        if (!source.infrastructure().equals(Gateway.Infrastructure.NONE)) {
            write(spec.putObject("infrastructure"), source.infrastructure());
        }
        source.clients().forEach(clients -> write(spec.withObject("/tls/frontend"), clients));
        source.clientCertificate()
                .ifPresent(reference ->
                        References.write(spec.withObject("/tls/backend").putObject("clientCertificateRef"), reference));
        if (!source.allowedListeners().equals(Namespaces.NONE)) {
            write(spec.putObject("allowedListeners").putObject("namespaces"), source.allowedListeners());
        }
        return json;
    }

    private static void write(ObjectNode json, Gateway.Infrastructure infrastructure) {
        var labels = json.putObject("labels");
        infrastructure.labels().forEach(labels::put);
        var annotations = json.putObject("annotations");
        infrastructure.annotations().forEach(annotations::put);
        if (infrastructure.hasParameters()) {
            json.putObject("parametersRef");
        }
    }

    private static void write(ObjectNode json, Namespaces namespaces) {
        json.put("from", namespaces.from());
        namespaces.selector().ifPresent(selector -> write(json.putObject("selector"), selector));
    }

    private static void write(ObjectNode json, LabelSelector selector) {
        var labels = json.putObject("matchLabels");
        selector.labels().forEach(labels::put);
        var expressions = json.putArray("matchExpressions");
        for (var one : selector.expressions()) {
            var values = expressions
                    .addObject()
                    .put("key", one.key())
                    .put("operator", one.operator())
                    .putArray("values");
            one.values().forEach(values::add);
        }
    }

    static void write(ObjectNode json, Listener listener) {
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
        write(allowed.putObject("namespaces"), listener.allowed().namespaces());
        var kinds = allowed.putArray("kinds");
        listener.allowed()
                .kinds()
                .forEach(kind -> kinds.addObject().put("group", kind.group()).put("kind", kind.kind()));
    }
}
