package dev.adit.kube.kind;

import static dev.adit.kube.kind.Fields.key;
import static dev.adit.kube.kind.Fields.list;
import static dev.adit.kube.kind.Fields.map;
import static dev.adit.kube.kind.Fields.meta;
import static dev.adit.kube.kind.Fields.object;
import static dev.adit.kube.kind.Fields.optional;
import static dev.adit.kube.kind.Fields.text;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.EndpointSlice;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.api.EndpointSliceObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** EndpointSlice of discovery.k8s.io/v1: those of a Service, with addresses and not names. */
final class EndpointSliceKind {
    private static final String SERVICE_NAME = "kubernetes.io/service-name";
    private static final String POD = "Pod";
    static final ServedKind<EndpointSliceObject, EndpointSlice> SERVED = ServedKind.of(
            EndpointSlice.KIND,
            EndpointSliceObject.class,
            EndpointSliceObject::new,
            ServedKind.Place.WATCHED,
            EndpointSliceKind::read,
            EndpointSliceKind::write);

    private EndpointSliceKind() {}

    static Optional<EndpointSlice> read(EndpointSliceObject source) {
        var service = map(source.getMetadata().getLabels()).get(SERVICE_NAME);
        if (service == null || "FQDN".equals(source.addressType())) {
            return Optional.empty();
        }
        var ports = new ArrayList<EndpointSlice.Port>();
        for (var port : list(source.ports())) {
            if (port.port() != null) {
                ports.add(new EndpointSlice.Port(text(port.name()), port.port()));
            }
        }
        var key = key(source);
        return Optional.of(new EndpointSlice(
                key,
                new ObjectKey(key.namespace(), service),
                List.copyOf(ports),
                list(source.endpoints()).stream()
                        .map(EndpointSliceKind::endpoint)
                        .toList()));
    }

    private static EndpointSlice.Endpoint endpoint(EndpointSliceObject.Endpoint source) {
        var hints = source.hints();
        return new EndpointSlice.Endpoint(
                List.copyOf(list(source.addresses())),
                condition(source.conditions()),
                hints == null ? Set.of() : names(hints.forZones()),
                hints == null ? Set.of() : names(hints.forNodes()),
                pod(source.targetRef()));
    }

    private static String pod(EndpointSliceObject.@Nullable Target target) {
        return target != null && POD.equals(target.kind()) ? text(target.name()) : "";
    }

    private static EndpointSlice.Condition condition(EndpointSliceObject.@Nullable Conditions conditions) {
        // EndpointSlice API: an unknown condition is to be read as ready.
        if (conditions == null || conditions.ready() == null || conditions.ready()) {
            return EndpointSlice.Condition.READY;
        }
        return Boolean.TRUE.equals(conditions.serving()) && Boolean.TRUE.equals(conditions.terminating())
                ? EndpointSlice.Condition.SERVING_AND_TERMINATING
                : EndpointSlice.Condition.NOT_READY;
    }

    private static Set<String> names(@Nullable List<EndpointSliceObject.Named> named) {
        return list(named).stream().map(n -> text(n.name())).collect(Collectors.toSet());
    }

    private static ObjectNode write(EndpointSlice source) {
        var json = object(source, "");
        meta(json).putObject("labels").put(SERVICE_NAME, source.service().name());
        var ports = json.putArray("ports");
        for (var port : source.ports()) {
            optional(ports.addObject().put("port", port.number()), "name", port.name());
        }
        var endpoints = json.putArray("endpoints");
        for (var endpoint : source.endpoints()) {
            var written = endpoints.addObject();
            endpoint.addresses().forEach(written.putArray("addresses")::add);
            var terminating = endpoint.condition() == EndpointSlice.Condition.SERVING_AND_TERMINATING;
            written.putObject("conditions")
                    .put("ready", endpoint.condition() == EndpointSlice.Condition.READY)
                    .put("serving", endpoint.condition() != EndpointSlice.Condition.NOT_READY)
                    .put("terminating", terminating);
            var hints = written.putObject("hints");
            names(hints.putArray("forZones"), endpoint.zones());
            names(hints.putArray("forNodes"), endpoint.nodes());
            if (!endpoint.pod().isEmpty()) {
                written.putObject("targetRef").put("kind", POD).put("name", endpoint.pod());
            }
        }
        return json;
    }

    private static void names(ArrayNode json, Collection<String> names) {
        names.forEach(name -> json.addObject().put("name", name));
    }
}
