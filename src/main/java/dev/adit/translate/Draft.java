package dev.adit.translate;

import dev.adit.kube.Ingress;
import dev.adit.kube.Looks;
import dev.adit.kube.Problem;
import dev.adit.kube.Status;
import dev.adit.routing.Certificate;
import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.PortTable;
import dev.adit.routing.Route;
import dev.adit.routing.upstream.UpstreamId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the translators of all APIs write into, one after the other, and what they have to know besides the objects. */
public final class Draft {
    private final Instant now;
    private final Optional<Route> general;
    private final Looks looks;
    private final RouteLinks links;
    private final List<Problem> problems = new ArrayList<>();
    private final List<Ingress> ingresses = new ArrayList<>();
    private final List<Host> hosts = new ArrayList<>();
    private final List<Certificate> certificates = new ArrayList<>();
    private final Set<UpstreamId> upstreams = new LinkedHashSet<>();
    private final List<Status> statuses = new ArrayList<>();
    private final Map<Integer, PortTable> ports = new TreeMap<>();
    private final Map<Hostname, Ingress> holders = new HashMap<>();
    private Optional<Route> defaultRoute;

    /**
     * An empty one.
     *
     * @param now for the validity of certificates
     * @param general the default backend for all requests, where objects that are not looked at have it
     * @param looks takes note of what each object depends on
     * @param links takes note of what each route is attached to
     */
    public Draft(Instant now, Optional<Route> general, Looks looks, RouteLinks links) {
        this.now = now;
        this.general = general;
        this.looks = looks;
        this.links = links;
        this.defaultRoute = general;
    }

    public Instant now() {
        return now;
    }

    public Optional<Route> general() {
        return general;
    }

    public Looks looks() {
        return looks;
    }

    public RouteLinks links() {
        return links;
    }

    /** Says what is wrong. */
    public void refuse(Collection<Problem> found) {
        problems.addAll(found);
    }

    /** Says what the status of an object is to be. */
    public void show(Status status) {
        statuses.add(status);
    }

    /** Says that an Ingress is ours. */
    public void own(Ingress ingress) {
        ingresses.add(ingress);
        show(new Status.Addresses(ingress));
    }

    /**
     * Says where requests go.
     *
     * @param hosts with the last route of each, and a host for any name where there is a default route
     * @param certificates those of which the first for a host is served
     * @param upstreams to which the routes lead
     * @param defaultRoute the default backend for all requests
     */
    public void route(
            List<Host> hosts,
            List<Certificate> certificates,
            Collection<UpstreamId> upstreams,
            Optional<Route> defaultRoute) {
        this.hosts.addAll(hosts);
        this.certificates.addAll(certificates);
        this.upstreams.addAll(upstreams);
        this.defaultRoute = defaultRoute;
    }

    /** Says which Ingress each host belongs to; the first that is named stays. */
    public void hold(Map<Hostname, Ingress> hosts) {
        hosts.forEach(holders::putIfAbsent);
    }

    public Optional<Ingress> holder(Hostname host) {
        return Optional.ofNullable(holders.get(host));
    }

    /**
     * Says where the requests to the listeners of Gateways go.
     *
     * @param ofPorts by the ports of the routing table
     * @param moreCertificates which are served in place of all others for their names on the ports of Ingresses
     * @param moreUpstreams to which the routes lead
     */
    public void listen(
            Map<Integer, PortTable> ofPorts, List<Certificate> moreCertificates, Collection<UpstreamId> moreUpstreams) {
        ports.putAll(ofPorts);
        var taken = moreCertificates.stream()
                .flatMap(certificate -> certificate.hosts().stream())
                .collect(Collectors.toSet());
        certificates.replaceAll(certificate -> without(taken, certificate));
        certificates.removeIf(certificate -> certificate.hosts().isEmpty());
        certificates.addAll(moreCertificates);
        upstreams.addAll(moreUpstreams);
    }

    private static Certificate without(Set<Hostname> taken, Certificate certificate) {
        return certificate.hosts().stream().noneMatch(taken::contains)
                ? certificate
                : certificate.servedFor(certificate.hosts().stream()
                        .filter(host -> !taken.contains(host))
                        .toList());
    }

    public Map<Integer, PortTable> ports() {
        return ports;
    }

    public List<Problem> problems() {
        return problems;
    }

    public List<Ingress> ingresses() {
        return ingresses;
    }

    public List<Host> hosts() {
        return hosts;
    }

    public List<Certificate> certificates() {
        return certificates;
    }

    public Set<UpstreamId> upstreams() {
        return upstreams;
    }

    public List<Status> statuses() {
        return statuses;
    }

    public Optional<Route> defaultRoute() {
        return defaultRoute;
    }
}
