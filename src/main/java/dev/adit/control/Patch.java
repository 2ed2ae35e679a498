package dev.adit.control;

import dev.adit.kube.Ingress;
import dev.adit.kube.Problem;
import dev.adit.match.RouteIndex;
import dev.adit.routing.Certificate;
import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.Route;
import dev.adit.routing.RoutingTable;
import dev.adit.translate.Translation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A translation with one part of it made anew.
 *
 * @param translation the whole
 * @param part what the component means now
 * @param gone the hosts that are not there any more
 * @param ended the hosts for which TLS passes no more
 * @param changesRouting whether any answer or certificate may be another
 */
public record Patch(
        Translation translation, Translation part, Set<Hostname> gone, Set<Hostname> ended, boolean changesRouting) {

    /** The index that was compiled for what was before, with the same part made anew. */
    public RouteIndex applyTo(RouteIndex before) {
        return before.with(part.table().hosts(), gone, part.table().passthrough(), ended);
    }

    /** The part in the place of what it was before. */
    public static Patch of(Translation before, Links.Component component, Translation part) {
        var table = before.table();
        var fresh = part.table();
        var hosts = named(table.hosts(), component.hosts());
        var passing = new HashMap<>(table.passthrough());
        passing.keySet().retainAll(component.hosts());
        var certificates = table.certificates().stream()
                .filter(certificate -> concerns(certificate, component.hosts()))
                .toList();
        var same = sameHosts(hosts, fresh.hosts())
                && passing.equals(fresh.passthrough())
                && certificates.equals(fresh.certificates());
        var now = same ? table : merge(table, fresh, component.hosts(), certificates.isEmpty());
        var endpoints = before.endpoints().with(part.endpoints().base());
        var whole = new Translation(now, endpoints, own(before, component, part), problems(before, component, part));
        return new Patch(
                whole,
                part,
                without(hosts.stream().map(Host::name), fresh.hosts().stream().map(Host::name)),
                without(passing.keySet().stream(), fresh.passthrough().keySet().stream()),
                !same);
    }

    private static RoutingTable merge(
            RoutingTable table, RoutingTable fresh, Set<Hostname> hosts, boolean hadNoCertificates) {
        var merged = new ArrayList<Host>(table.hosts().size() + fresh.hosts().size());
        table.hosts().stream().filter(host -> !hosts.contains(host.name())).forEach(merged::add);
        merged.addAll(fresh.hosts());
        var passing = new HashMap<Hostname, Route.Action.Forward>(table.passthrough());
        passing.keySet().removeAll(hosts);
        passing.putAll(fresh.passthrough());
        return new RoutingTable(
                merged, table.fallback(), certificates(table, fresh, hosts, hadNoCertificates), passing);
    }

    /** The very same list where nothing of it changes, so that nobody looks through it. */
    private static List<Certificate> certificates(
            RoutingTable table, RoutingTable fresh, Set<Hostname> hosts, boolean hadNone) {
        return hadNone && fresh.certificates().isEmpty()
                ? table.certificates()
                : Stream.concat(
                                table.certificates().stream().filter(c -> !concerns(c, hosts)),
                                fresh.certificates().stream())
                        .toList();
    }

    private static boolean concerns(Certificate certificate, Set<Hostname> hosts) {
        return certificate.hosts().stream().anyMatch(hosts::contains);
    }

    private static List<Host> named(List<Host> hosts, Set<Hostname> names) {
        return hosts.stream().filter(host -> names.contains(host.name())).toList();
    }

    /** In whatever order. */
    static boolean sameHosts(List<Host> some, List<Host> others) {
        if (some.size() != others.size()) {
            return false;
        }
        var byName = others.stream().collect(Collectors.toMap(Host::name, host -> host));
        return some.stream().allMatch(host -> host.equals(byName.get(host.name())));
    }

    private static <T> Set<T> without(Stream<T> some, Stream<T> others) {
        var left = some.collect(Collectors.toCollection(HashSet::new));
        others.forEach(left::remove);
        return left;
    }

    private static List<Ingress> own(Translation before, Links.Component component, Translation part) {
        var own = new ArrayList<Ingress>(before.own().size() + part.own().size());
        before.own().stream()
                .filter(ingress -> !component.contains(ingress.key()))
                .forEach(own::add);
        own.addAll(part.own());
        own.sort(Translation.OLDEST_FIRST);
        return own;
    }

    private static List<Problem> problems(Translation before, Links.Component component, Translation part) {
        var others = before.problems().stream()
                .filter(problem -> !problem.kind().equals("Ingress") || !component.contains(problem.object()));
        return Stream.concat(others, part.problems().stream()).toList();
    }
}
