package dev.adit.translate.ingress;

import dev.adit.kube.EndpointSlice;
import dev.adit.kube.ObjectKey;
import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.translate.Location;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads the ready endpoints of each upstream from the slices of its Service. */
final class EndpointCollector {
    private final Function<ObjectKey, List<EndpointSlice>> slices;
    private final Location location;

    EndpointCollector(Function<ObjectKey, List<EndpointSlice>> slices, Location location) {
        this.slices = slices;
        this.location = location;
    }

    Map<UpstreamId, List<Endpoint>> collect(Collection<UpstreamId> upstreams) {
        var endpoints = new HashMap<UpstreamId, List<Endpoint>>();
        for (var upstream : upstreams) {
            endpoints.put(upstream, List.copyOf(ready(upstream)));
        }
        return endpoints;
    }

    private Set<Endpoint> ready(UpstreamId upstream) {
        var found = new ArrayList<Candidate>();
        for (var slice : slices.apply(new ObjectKey(upstream.namespace(), upstream.service()))) {
            for (var port : slice.ports()) {
                if (port.equals(EndpointSlice.Port.UNRESTRICTED)) {
                    slice.endpoints().forEach(endpoint -> found.add(new Candidate(endpoint, upstream.port())));
                } else if (port.name().equals(upstream.portName())) {
                    slice.endpoints().forEach(endpoint -> found.add(new Candidate(endpoint, port.number())));
                }
            }
        }
        var ready = of(found, EndpointSlice.Condition.READY);
        // KEP-1669: who goes but still answers is better than nobody.
        var usable = ready.isEmpty() ? of(found, EndpointSlice.Condition.SERVING_AND_TERMINATING) : ready;
        // A set: an endpoint may stand in two slices while the API moves it from one to the other.
        var endpoints = new TreeSet<Endpoint>();
        near(usable).forEach(candidate -> candidate.addTo(endpoints));
        return endpoints;
    }

    private static List<Candidate> of(List<Candidate> found, EndpointSlice.Condition condition) {
        return found.stream()
                .filter(candidate -> candidate.endpoint().condition() == condition)
                .toList();
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
                || usable.stream().anyMatch(c -> hints.apply(c.endpoint()).isEmpty())) {
            return List.of();
        }
        return usable.stream()
                .filter(candidate -> hints.apply(candidate.endpoint()).contains(place))
                .toList();
    }

    /** The API server lets nothing else into a slice; a folder may hold anything. */
    static boolean isAddress(String text) {
        if (isShortIpv4(text)) {
            return true;
        }
        try {
            return InetAddress.ofLiteral(text) != null;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    /** Nearly all of them, without an object for each: four numbers of up to 255. */
    private static boolean isShortIpv4(String text) {
        var dots = 0;
        var number = -1;
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '.' && number >= 0) {
                dots++;
                number = -1;
            } else if (c >= '0' && c <= '9' && number != 0) {
                number = Math.max(number, 0) * 10 + c - '0';
            } else {
                return false; // zeros that lead, and all that is no number, are left to the JDK
            }
            if (number > 255) {
                return false;
            }
        }
        return dots == 3 && number >= 0;
    }

    private record Candidate(EndpointSlice.Endpoint endpoint, int port) {
        /** EndpointSlice API: the addresses of one endpoint are fungible, so the first stands for all. */
        void addTo(Set<Endpoint> endpoints) {
            endpoint.addresses().stream()
                    .filter(EndpointCollector::isAddress)
                    .findFirst()
                    .ifPresent(address -> endpoints.add(new Endpoint(address, port)));
        }
    }
}
