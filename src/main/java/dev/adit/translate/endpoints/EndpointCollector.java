package dev.adit.translate.endpoints;

import dev.adit.kube.AddressSyntax;
import dev.adit.kube.Bounds;
import dev.adit.kube.EndpointSlice;
import dev.adit.kube.ObjectKey;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.translate.Placement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads the ready endpoints of each upstream from the slices of its Service. */
public final class EndpointCollector {
    private final Function<ObjectKey, List<EndpointSlice>> slices;
    private final Placement location;
    private final Map<ObjectKey, Throwable> failures = new HashMap<>();

    /**
     * The slices of one Service.
     *
     * @param most how many endpoints each port has: memory is for ports times endpoints, and the objects grow by their sum
     */
    private record Slices(List<EndpointSlice> sorted, int most) {
        static Slices of(List<EndpointSlice> slices) {
            var ports = new HashSet<String>();
            slices.forEach(slice -> slice.ports().forEach(port -> ports.add(port.name())));
            // Sorted, so that the same ones are left out each time.
            var sorted = new ArrayList<>(slices);
            sorted.sort(Comparator.comparing(EndpointSlice::key));
            return new Slices(
                    sorted, Math.max(Bounds.ENDPOINTS_PER_PORT, Bounds.ENDPOINTS / Math.max(1, ports.size())));
        }
    }

    private record Candidate(Endpoint endpoint, EndpointSlice.Endpoint source) {}

    public EndpointCollector(Function<ObjectKey, List<EndpointSlice>> slices, Placement location) {
        this.slices = slices;
        this.location = location;
    }

    /** The slices that could not be looked at, whose endpoints are missing from what was collected. */
    public Map<ObjectKey, Throwable> failures() {
        return failures;
    }

    public Map<UpstreamId, List<Endpoint>> collect(Collection<UpstreamId> upstreams) {
        var endpoints = new HashMap<UpstreamId, List<Endpoint>>();
        var services = new HashMap<ObjectKey, Slices>();
        for (var upstream : upstreams) {
            if (!upstream.address().isEmpty() && Bounds.isPort(upstream.port())) {
                endpoints.put(upstream, List.of(new Endpoint(upstream.address(), upstream.port())));
                continue;
            }
            var service = services.computeIfAbsent(
                    new ObjectKey(upstream.namespace(), upstream.service()), key -> Slices.of(slices.apply(key)));
            endpoints.put(upstream, List.copyOf(ready(upstream, service)));
        }
        return endpoints;
    }

    private Set<Endpoint> ready(UpstreamId upstream, Slices service) {
        var found = new ArrayList<Candidate>();
        for (var slice : service.sorted()) {
            try {
                collect(upstream, slice, found);
            } catch (Throwable e) {
                failures.put(slice.key(), e);
            }
        }
        var ready = of(found, EndpointSlice.Condition.READY);
        // KEP-1669: who goes but still answers is better than nobody.
        var usable = ready.isEmpty() ? of(found, EndpointSlice.Condition.SERVING_AND_TERMINATING) : ready;
        // A set: an endpoint may stand in two slices while the API moves it from one to the other.
        var endpoints = new TreeSet<Endpoint>();
        for (var candidate : near(usable)) {
            if (endpoints.size() >= service.most()) {
                break;
            }
            endpoints.add(candidate.endpoint());
        }
        return endpoints;
    }

    private static void collect(UpstreamId upstream, EndpointSlice slice, List<Candidate> found) {
        for (var port : slice.ports()) {
            if (port.equals(EndpointSlice.Port.UNRESTRICTED)) {
                collect(slice, upstream.port(), found);
            } else if (port.name().equals(upstream.portName())) {
                collect(slice, port.number(), found);
            }
        }
    }

    private static void collect(EndpointSlice slice, int port, List<Candidate> found) {
        if (!Bounds.isPort(port)) {
            return;
        }
        for (var endpoint : slice.endpoints()) {
            if (found.size() >= Bounds.ENDPOINTS) {
                return;
            }
            if (endpoint.condition() != EndpointSlice.Condition.NOT_READY) {
                add(endpoint, port, found);
            }
        }
    }

    /** EndpointSlice API: the addresses of one endpoint are fungible, so the first stands for all. */
    private static void add(EndpointSlice.Endpoint endpoint, int port, List<Candidate> found) {
        for (var address : endpoint.addresses()) {
            if (AddressSyntax.isAddress(address)) {
                found.add(new Candidate(new Endpoint(address, port, endpoint.pod()), endpoint));
                return;
            }
        }
    }

    private static List<Candidate> of(List<Candidate> found, EndpointSlice.Condition condition) {
        var those = new ArrayList<>(found);
        those.removeIf(candidate -> candidate.source().condition() != condition);
        return those;
    }

    /** Those that are meant for this node, else for this zone; all of them where one has no hint, or none is for us. */
    private List<Candidate> near(List<Candidate> usable) {
        var ofNode = hinted(usable, location.node(), EndpointSlice.Endpoint::nodes);
        if (!ofNode.isEmpty()) {
            return ofNode;
        }
        var ofZone = hinted(usable, location.zone(), EndpointSlice.Endpoint::zones);
        return ofZone.isEmpty() ? usable : ofZone;
    }

    private static List<Candidate> hinted(
            List<Candidate> usable, String place, Function<EndpointSlice.Endpoint, Set<String>> hints) {
        if (place.isEmpty()
                || usable.stream().anyMatch(c -> hints.apply(c.source()).isEmpty())) {
            return List.of();
        }
        return usable.stream()
                .filter(candidate -> hints.apply(candidate.source()).contains(place))
                .toList();
    }
}
