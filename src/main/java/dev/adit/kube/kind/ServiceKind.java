package dev.adit.kube.kind;

import static dev.adit.kube.kind.Fields.addresses;
import static dev.adit.kube.kind.Fields.key;
import static dev.adit.kube.kind.Fields.list;
import static dev.adit.kube.kind.Fields.object;
import static dev.adit.kube.kind.Fields.optional;
import static dev.adit.kube.kind.Fields.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.AddressSyntax;
import dev.adit.kube.GatewayService;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Service;
import dev.adit.kube.api.ServiceObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** Service of the core API. */
final class ServiceKind {
    static final ServedKind<ServiceObject, Service> SERVED = ServedKind.of(
            Service.KIND,
            ServiceObject.class,
            ServiceObject::new,
            ServedKind.Place.WATCHED,
            source -> Optional.of(read(source)),
            ServiceKind::write);

    private ServiceKind() {}

    static Service read(ServiceObject source) {
        var spec = source.spec();
        var type = spec == null ? "" : text(spec.type());
        var ports = new ArrayList<Service.Port>();
        for (var port : spec == null ? List.<ServiceObject.Port>of() : list(spec.ports())) {
            if (port.port() != null) {
                ports.add(new Service.Port(text(port.name()), port.port(), text(port.appProtocol())));
            }
        }
        var affinity = spec != null && "ClientIP".equals(spec.sessionAffinity());
        var external = type.equals(Service.EXTERNAL_NAME) && spec != null
                ? Optional.of(new Service.External(text(spec.externalName()), Optional.empty()))
                : Optional.<Service.External>empty();
        // "None" is a Service without one; in a folder it may be anything.
        var written = spec == null ? "" : text(spec.clusterIP());
        var address = AddressSyntax.isAddress(written) ? written : "";
        return new Service(
                key(source),
                type,
                address,
                affinity,
                List.copyOf(ports),
                addresses(source.status()),
                external,
                leadsTo(source));
    }

    /** Of those alone that say for which Gateway they are: of all others nobody asks. */
    private static Optional<Service.Targets> leadsTo(ServiceObject source) {
        var annotations = Fields.map(source.getMetadata().getAnnotations());
        var gateway = annotations.getOrDefault(GatewayService.ANNOTATION, "").split("/", 2);
        if (gateway.length != 2) {
            return Optional.empty();
        }
        var spec = source.spec();
        var targets = new HashMap<String, Integer>();
        for (var port : spec == null ? List.<ServiceObject.Port>of() : list(spec.ports())) {
            if (port.targetPort() != null && port.targetPort().isInt()) {
                targets.put(text(port.name()), port.targetPort().intValue());
            }
        }
        return Optional.of(new Service.Targets(new ObjectKey(gateway[0], gateway[1]), targets));
    }

    private static ObjectNode write(Service source) {
        var json = object(source, "");
        var spec = json.putObject("spec");
        optional(spec, "type", source.type());
        optional(spec, "clusterIP", source.clusterIp());
        source.external().ifPresent(external -> spec.put("externalName", external.name()));
        if (source.hasClientAffinity()) {
            spec.put("sessionAffinity", "ClientIP");
        }
        var ports = spec.putArray("ports");
        for (var port : source.ports()) {
            var written = ports.addObject().put("port", port.number());
            optional(written, "name", port.name());
            optional(written, "appProtocol", port.appProtocol());
            source.leadsTo()
                    .map(targets -> targets.ports().get(port.name()))
                    .ifPresent(target -> written.put("targetPort", target));
        }
        source.leadsTo()
                .ifPresent(targets -> Fields.meta(json)
                        .putObject("annotations")
                        .put(GatewayService.ANNOTATION, targets.gateway().toString()));
        addresses(json, source.addresses());
        return json;
    }
}
