package dev.adit.testbed;

import java.util.Locale;

/** The definitions of the Gateway API, with what matters of their schemas: which lists of a status are merged, and by what. */
public final class GatewayDefinitions {
    private GatewayDefinitions() {}

    /** Of all kinds that Adit follows. */
    public static String all() {
        return gatewayClass()
                + definition(
                        "Gateway",
                        "gateways",
                        "Namespaced",
                        "v1",
                        list("conditions", "type") + list("listeners", "name"))
                + definition(
                        "ListenerSet",
                        "listenersets",
                        "Namespaced",
                        "v1",
                        list("conditions", "type") + list("listeners", "name"))
                + definition("HTTPRoute", "httproutes", "Namespaced", "v1", list("parents", ""))
                + definition("GRPCRoute", "grpcroutes", "Namespaced", "v1", list("parents", ""))
                + definition("TLSRoute", "tlsroutes", "Namespaced", "v1", list("parents", ""))
                + definition("TCPRoute", "tcproutes", "Namespaced", "v1", list("parents", ""))
                + definition("BackendTLSPolicy", "backendtlspolicies", "Namespaced", "v1", list("ancestors", ""))
                + definition("ReferenceGrant", "referencegrants", "Namespaced", "v1beta1", "");
    }

    /** Of classes alone. */
    public static String gatewayClass() {
        return definition("GatewayClass", "gatewayclasses", "Cluster", "v1", list("conditions", "type"));
    }

    private static String list(String name, String key) {
        var merge = key.isEmpty()
                ? "x-kubernetes-list-type: atomic, items: {type: object, x-kubernetes-preserve-unknown-fields: true}"
                : ("x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [%1$s], items: {type: object, required: [%1$s],"
                                + " x-kubernetes-preserve-unknown-fields: true, properties: {%1$s: {type: string}}}")
                        .formatted(key);
        return "\n              %s: {type: array, %s}".formatted(name, merge);
    }

    private static String definition(String kind, String plural, String scope, String version, String lists) {
        return """
                ---
                apiVersion: apiextensions.k8s.io/v1
                kind: CustomResourceDefinition
                metadata:
                  name: %2$s.gateway.networking.k8s.io
                  annotations: {api-approved.kubernetes.io: 'unapproved, for a test'}
                spec:
                  group: gateway.networking.k8s.io
                  scope: %3$s
                  names: {kind: %1$s, listKind: %1$sList, plural: %2$s, singular: %4$s}
                  versions:
                  - name: %5$s
                    served: true
                    storage: true
                    subresources: {status: {}}
                    schema:
                      openAPIV3Schema:
                        type: object
                        x-kubernetes-preserve-unknown-fields: true
                        properties:
                          status:
                            type: object
                            x-kubernetes-preserve-unknown-fields: true
                            properties:
                              seen: {type: string}%6$s
                """.formatted(kind, plural, scope, kind.toLowerCase(Locale.ROOT), version, lists);
    }
}
