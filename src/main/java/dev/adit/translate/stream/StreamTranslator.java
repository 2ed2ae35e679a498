package dev.adit.translate.stream;

import dev.adit.kube.ConfigMap;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.Problem;
import dev.adit.kube.Problem.Reason;
import dev.adit.kube.Service;
import dev.adit.routing.Host;
import dev.adit.routing.Hostname;
import dev.adit.routing.PortTable;
import dev.adit.routing.PortUse;
import dev.adit.routing.Route.Action;
import dev.adit.routing.RouteOrigin;
import dev.adit.routing.Tunnel;
import dev.adit.routing.upstream.Balancing;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.routing.upstream.UpstreamPolicy;
import dev.adit.translate.ApiTranslator;
import dev.adit.translate.Draft;
import dev.adit.translate.TranslationOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Ports whose connections go to a Service as they are, by the ConfigMaps that ingress-nginx has for them. Whoever may write the ConfigMap that
 * the command line names is an operator: it goes before every Gateway, and refers to Services of all namespaces.
 */
public final class StreamTranslator implements ApiTranslator {
    private static final int UNAVAILABLE = 503;

    private final TranslationOptions options;

    public StreamTranslator(TranslationOptions options) {
        this.options = options;
    }

    @Override
    public void translate(Objects objects, Draft draft) {
        var noted = draft.looks().over(objects);
        options.streams()
                .tcp()
                .ifPresent(key -> found(noted, key, "--tcp-services-configmap", draft)
                        .ifPresent(map -> new Translating(noted, draft, map).translate()));
        options.streams()
                .udp()
                .ifPresent(key ->
                        found(noted, key, "--udp-services-configmap", draft).ifPresent(map -> refuseAll(map, draft)));
    }

    private static Optional<ConfigMap> found(Objects objects, ObjectKey key, String option, Draft draft) {
        var found = objects.find(ConfigMap.KIND, key);
        if (found.isEmpty()) {
            var message =
                    "does not exist, and " + option + " names it; create it. Until then none of its ports is open";
            var field = "metadata.name";
            draft.refuse(
                    List.of(new Problem(ConfigMap.KIND.name(), key, "", field, Reason.PARAMETERS_NOT_FOUND, message)));
        }
        return found.filter(ConfigMap::isRead);
    }

    private static void refuseAll(ConfigMap map, Draft draft) {
        var problems = map.entries().keySet().stream()
                .map(name -> problem(
                        map,
                        name,
                        Reason.PARAMETERS_INVALID,
                        "Adit serves no UDP: port " + name + " is not open. Give the application a Service of type"
                                + " LoadBalancer or NodePort"))
                .toList();
        draft.refuse(problems);
    }

    private static Problem problem(ConfigMap map, String name, Reason reason, String message) {
        return Problem.of(map, "data[" + name + "]", reason, message);
    }

    private final class Translating {
        private final Objects objects;
        private final Draft draft;
        private final ConfigMap map;
        private final List<Problem> problems = new ArrayList<>();
        private final TreeSet<UpstreamId> upstreams = new TreeSet<>();

        Translating(Objects objects, Draft draft, ConfigMap map) {
            this.objects = objects;
            this.draft = draft;
            this.map = map;
        }

        void translate() {
            var ports = new HashMap<Integer, PortTable>();
            TcpServices.of(map, options).ifPresent(services -> {
                services.entries().forEach((port, entry) -> ports.put(port, table(port, entry)));
                services.refused()
                        .forEach(one ->
                                tell(one.name(), Reason.PARAMETERS_INVALID, one.why() + ". The port is not open"));
            });
            draft.refuse(problems);
            draft.listen(Map.copyOf(ports), List.of(), upstreams);
        }

        private PortTable table(int port, TcpServices.Entry entry) {
            var origin = new RouteOrigin(
                    ConfigMap.KIND.name(), map.key().namespace(), map.key().name(), "data[" + entry.name() + "]");
            var tunnel = new Tunnel(action(entry), false, origin);
            var host = new Host(Hostname.ANY, map.key().namespace(), List.of(), Optional.of(tunnel), Hostname.ANY);
            return new PortTable(port, new PortUse(PortUse.Protocol.TCP, ""), List.of(host), List.of());
        }

        private Action action(TcpServices.Entry entry) {
            var service = objects.find(Service.KIND, entry.service());
            if (service.isEmpty()) {
                return closed(
                        entry,
                        Reason.SERVICE_NOT_FOUND,
                        "Service " + entry.service() + " does not exist; create it or correct the name");
            }
            if (service.get().type().equals(Service.EXTERNAL_NAME) && !options.externalNames()) {
                return closed(
                        entry,
                        Reason.SERVICE_TYPE_UNSUPPORTED,
                        "Service " + entry.service()
                                + " is of type ExternalName, which is served only with --external-names; use one with"
                                + " endpoints");
            }
            return port(service.get(), entry.servicePort())
                    .map(port -> forward(service.get(), port))
                    .orElseGet(() -> closed(
                            entry,
                            Reason.SERVICE_PORT_NOT_FOUND,
                            "Service " + entry.service() + " has no port " + entry.servicePort() + "; correct it"));
        }

        /** By its number if it looks like one, else by its name. */
        private static Optional<Service.Port> port(Service service, String text) {
            try {
                return service.port(Integer.parseInt(text));
            } catch (NumberFormatException _) {
                return service.port(text);
            }
        }

        private Action forward(Service service, Service.Port port) {
            var upstream =
                    new UpstreamId(service.key().namespace(), service.key().name(), port.name(), port.number());
            upstreams.add(upstream);
            return new Action.Forward(
                    upstream,
                    service.hasClientAffinity()
                            ? UpstreamPolicy.DEFAULT.with(new Balancing.Hash(new Balancing.Key.ClientAddress()))
                            : UpstreamPolicy.DEFAULT);
        }

        private Action closed(TcpServices.Entry entry, Reason reason, String message) {
            tell(entry.name(), reason, message + ". Until then connections to port " + entry.name() + " are closed");
            return new Action.Answer(UNAVAILABLE, reason.camelCase());
        }

        private void tell(String name, Reason reason, String message) {
            problems.add(problem(map, name, reason, message));
        }
    }
}
