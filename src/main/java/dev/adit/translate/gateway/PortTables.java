package dev.adit.translate.gateway;

import dev.adit.kube.Ingress;
import dev.adit.kube.Problem;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.Route;
import dev.adit.translate.IngressHosts;
import dev.adit.translate.gateway.Listeners.Listener;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The hosts of all listeners, by their ports. A listener owns the requests to its hostname, whether a route takes them or not. On a
 * port that Ingresses have too, a name is the older object's: an Ingress that is older than the Gateway keeps it.
 */
final class PortTables {
    private final Map<Integer, Map<Hostname, Entry>> ports = new LinkedHashMap<>();
    private final List<Problem> problems = new ArrayList<>();

    private record Entry(Listener listener, List<Route> routes) {}

    PortTables(Listeners listeners) {
        listeners.all().stream().filter(Listener::isServing).forEach(listener -> entry(listener, listener.host()));
    }

    private Entry entry(Listener listener, Hostname host) {
        return ports.computeIfAbsent(listener.spec().port(), _ -> new LinkedHashMap<>())
                .computeIfAbsent(host, _ -> new Entry(listener, new ArrayList<>()));
    }

    /** The routes of an object for some hosts; those of older objects were added before. */
    void add(Listener listener, List<Hostname> hosts, List<Route> routes) {
        if (listener.isServing()) {
            hosts.forEach(host -> entry(listener, host).routes().addAll(routes));
        }
    }

    /** All of them, but for those that Ingresses keep. */
    Map<Integer, List<Host>> hosts(List<Ingress> ingresses) {
        var oldest = oldest(ingresses);
        var all = new HashMap<Integer, List<Host>>();
        ports.forEach((port, entries) -> entries.forEach((name, entry) -> {
            var holder = oldest.get(comparable(name));
            if (holder == null
                    || !holder.createdAt().isBefore(entry.listener().gateway().createdAt())) {
                all.computeIfAbsent(port, _ -> new ArrayList<>())
                        .add(new Host(name, entry.listener().gateway().key().namespace(), entry.routes()));
            } else {
                problems.add(kept(entry.listener(), name, holder));
            }
        }));
        return all;
    }

    private static Problem kept(Listener listener, Hostname name, Ingress holder) {
        var gateway = listener.gateway();
        var message = "host " + name.text() + " belongs to Ingress " + holder.key()
                + ", which is older. It is not served by listener "
                + listener.spec().name()
                + "; remove it from that Ingress, or use another host";
        return new Problem(
                gateway.kind().name(), gateway.key(), gateway.uid(), "spec.listeners", Reason.PATH_CONFLICT, message);
    }

    private static Map<Hostname, Ingress> oldest(List<Ingress> ingresses) {
        var oldest = new HashMap<Hostname, Ingress>();
        ingresses.stream()
                .sorted(Comparator.comparing(Ingress::createdAt))
                .forEach(ingress -> hosts(ingress).forEach(host -> oldest.putIfAbsent(comparable(host), ingress)));
        return oldest;
    }

    private static Stream<Hostname> hosts(Ingress ingress) {
        var ofDefault = ingress.defaultBackend().isPresent() ? Stream.of(Hostname.ANY) : Stream.<Hostname>empty();
        return Stream.of(IngressHosts.ofRules(ingress), IngressHosts.beside(ingress).stream(), ofDefault)
                .flatMap(hosts -> hosts);
    }

    /** Both kinds of wildcards of one suffix are one name. */
    private static Hostname comparable(Hostname host) {
        return host instanceof Hostname.Wildcard(var suffix) ? new Hostname.Subdomains(suffix) : host;
    }

    List<Problem> problems() {
        return problems;
    }
}
