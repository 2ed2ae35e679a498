package dev.adit.testbed;

/** Manifests of hosts with one endpoint each, on loopback. */
public final class Sites {
    private Sites() {}

    /**
     * Everything that one host needs; more may follow.
     *
     * @param protocol the {@code appProtocol} of the port
     */
    public static String of(String host, int port, String protocol) {
        return """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: %1$s}
                spec:
                  rules:
                  - host: %2$s
                    http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: %1$s, port: {number: 80}}}}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: %1$s}
                spec: {ports: [{name: main, port: 80, appProtocol: %4$s}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: %1$s, labels: {kubernetes.io/service-name: %1$s}}
                addressType: IPv4
                ports: [{name: main, port: %3$d, appProtocol: %4$s}]
                endpoints: [{addresses: [127.0.0.1]}]
                ---
                """.formatted(host.replace('.', '-'), host, port, protocol);
    }
}
