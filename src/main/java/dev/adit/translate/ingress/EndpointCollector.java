package dev.adit.translate.ingress;

import dev.adit.kube.EndpointSlice;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.routing.Endpoint;
import dev.adit.routing.EndpointTable;
import dev.adit.routing.UpstreamId;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads the ready endpoints of each upstream from the slices of its Service. */
final class EndpointCollector {
    private final KubeSnapshot snapshot;

    EndpointCollector(KubeSnapshot snapshot) {
        this.snapshot = snapshot;
    }

    EndpointTable collect(Set<UpstreamId> upstreams) {
        var endpoints = new HashMap<UpstreamId, List<Endpoint>>();
        for (var upstream : upstreams) {
            endpoints.put(upstream, List.copyOf(ready(upstream)));
        }
        return new EndpointTable(endpoints);
    }

    private Set<Endpoint> ready(UpstreamId upstream) {
        // A set: an endpoint may stand in two slices while the API moves it from one to the other.
        var ready = new TreeSet<Endpoint>();
        for (var slice : snapshot.slicesOf(new ObjectKey(upstream.namespace(), upstream.service()))) {
            for (var port : slice.ports()) {
                if (port.name().equals(upstream.portName())) {
                    add(ready, slice, port.number());
                }
            }
        }
        return ready;
    }

    private static void add(Set<Endpoint> ready, EndpointSlice slice, int port) {
        for (var endpoint : slice.endpoints()) {
            // EndpointSlice API: the addresses of one endpoint are fungible, so the first stands for all.
            if (endpoint.ready() && !endpoint.addresses().isEmpty()) {
                ready.add(new Endpoint(endpoint.addresses().getFirst(), port));
            }
        }
    }
}
