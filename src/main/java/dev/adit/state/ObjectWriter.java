package dev.adit.state;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.adit.kube.ConfigMap;
import dev.adit.kube.EndpointSlice;
import dev.adit.kube.Ingress;
import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeObject;
import dev.adit.kube.LoadBalancerAddress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Secret;
import dev.adit.kube.Service;
import java.util.Collection;
import java.util.List;

/** Writes objects as the Kubernetes API would, with the fields that matter here. */
final class ObjectWriter {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final SecretWriter secrets;

    ObjectWriter(SecretWriter secrets) {
        this.secrets = secrets;
    }

    ObjectNode write(KubeObject item) {
        return switch (item) {
            case Ingress i -> IngressWriter.write(i);
            case IngressClass c -> ingressClass(c);
            case Service s -> service(s);
            case EndpointSlice s -> slice(s);
            case Secret s -> secrets.write(s);
            case ConfigMap c -> {
                var json = object("v1", "ConfigMap", c.key(), c.uid());
                c.entries().forEach(json.putObject("data")::put);
                yield json;
            }
            default -> throw new IllegalArgumentException("a " + item.kind() + " is not kept");
        };
    }

    /** What every object begins with. */
    static ObjectNode object(String apiVersion, String kind, ObjectKey key, String uid) {
        var json = JSON.objectNode().put("apiVersion", apiVersion).put("kind", kind);
        var meta = json.putObject("metadata").put("name", key.name());
        optional(meta, "namespace", key.namespace());
        optional(meta, "uid", uid);
        return json;
    }

    static void optional(ObjectNode json, String field, String text) {
        if (!text.isEmpty()) {
            json.put(field, text);
        }
    }

    static void addresses(ObjectNode json, List<LoadBalancerAddress> addresses) {
        if (!addresses.isEmpty()) {
            var ingress = json.putObject("status").putObject("loadBalancer").putArray("ingress");
            for (var address : addresses) {
                var entry = ingress.addObject();
                optional(entry, "ip", address.ip());
                optional(entry, "hostname", address.hostname());
            }
        }
    }

    private static ObjectNode ingressClass(IngressClass source) {
        var json = object("networking.k8s.io/v1", "IngressClass", source.key(), source.uid());
        if (source.isDefault()) {
            meta(json).putObject("annotations").put("ingressclass.kubernetes.io/is-default-class", "true");
        }
        var spec = json.putObject("spec").put("controller", source.controller());
        source.parameters().ifPresent(parameters -> {
            var written =
                    spec.putObject("parameters").put("kind", parameters.kind()).put("name", parameters.name());
            optional(written, "apiGroup", parameters.apiGroup());
            parameters
                    .namespace()
                    .ifPresent(ns -> written.put("scope", "Namespace").put("namespace", ns));
        });
        return json;
    }

    private static ObjectNode service(Service source) {
        var json = object("v1", "Service", source.key(), "");
        var spec = json.putObject("spec");
        optional(spec, "type", source.type());
        source.external().ifPresent(external -> spec.put("externalName", external.name()));
        if (source.hasClientAffinity()) {
            spec.put("sessionAffinity", "ClientIP");
        }
        var ports = spec.putArray("ports");
        for (var port : source.ports()) {
            var written = ports.addObject().put("port", port.number());
            optional(written, "name", port.name());
            optional(written, "appProtocol", port.appProtocol());
        }
        addresses(json, source.addresses());
        return json;
    }

    private static ObjectNode slice(EndpointSlice source) {
        var json = object("discovery.k8s.io/v1", "EndpointSlice", source.key(), "");
        meta(json)
                .putObject("labels")
                .put("kubernetes.io/service-name", source.service().name());
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
        }
        return json;
    }

    private static void names(ArrayNode json, Collection<String> names) {
        names.forEach(name -> json.addObject().put("name", name));
    }

    static ObjectNode meta(ObjectNode json) {
        return (ObjectNode) json.get("metadata");
    }
}
