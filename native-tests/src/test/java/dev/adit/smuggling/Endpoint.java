package dev.adit.smuggling;

import dev.adit.testbed.Transport;
import java.util.ArrayList;
import java.util.List;

/**
 * An origin, and how Adit speaks to it. TLS ends at the {@link Recorder}, which has to read what is sent.
 *
 * @param transport of the connections from Adit
 */
record Endpoint(RealOrigin origin, Transport transport) {
    /** Every origin without TLS, and two of them with it. */
    static List<Endpoint> all() {
        var all = new ArrayList<Endpoint>();
        for (var origin : RealOrigin.values()) {
            all.add(new Endpoint(origin, Transport.HTTP));
            if (origin.speaksHttp2()) {
                all.add(new Endpoint(origin, Transport.H2C));
            }
        }
        for (var origin : List.of(RealOrigin.NGINX, RealOrigin.GO)) {
            all.add(new Endpoint(origin, Transport.HTTPS));
            all.add(new Endpoint(origin, Transport.H2));
        }
        return all;
    }

    /** Manifests that send every request to it at this port. */
    String manifests(int port) {
        var protocol = switch (transport) {
            case HTTP -> "http";
            case H2C -> "kubernetes.io/h2c";
            case HTTPS, H2 -> "https";
        };
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec: {ports: [{name: web, port: 80, appProtocol: %s}]}
                ---
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: web-1, labels: {kubernetes.io/service-name: web}}
                addressType: IPv4
                ports: [{name: web, port: %d}]
                endpoints: [{addresses: [127.0.0.1]}]
                ---
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: web}
                spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
                """.formatted(protocol, port);
    }

    List<Forwarded> forwarded(Recorder.Recording recording) {
        return transport.isHttp2() ? CanonicalStreams.parse(recording, origin) : CanonicalRequests.parse(recording);
    }

    @Override
    public String toString() {
        return origin + " by " + transport;
    }
}
