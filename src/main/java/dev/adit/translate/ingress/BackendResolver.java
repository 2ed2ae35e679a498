package dev.adit.translate.ingress;

import dev.adit.kube.Bounds;
import dev.adit.kube.Ingress;
import dev.adit.kube.Ingress.Backend;
import dev.adit.kube.Ingress.Port;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.Problem.Reason;
import dev.adit.kube.Service;
import dev.adit.routing.Route.Action;
import dev.adit.routing.upstream.Balancing;
import dev.adit.routing.upstream.UpstreamId;
import dev.adit.routing.upstream.UpstreamPolicy;
import dev.adit.routing.upstream.UpstreamProtocol;
import dev.adit.translate.Problems;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.annotation.AnnotationReader;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the upstream of a backend; one that cannot be found makes the route answer 503, never disappear. */
final class BackendResolver {
    private static final int UNAVAILABLE = 503;
    private static final int FORBIDDEN = 403;

    // Of a Service's ports, where a message lists them.
    private static final int NAMED = 10;

    private final Objects objects;
    private final TranslationOptions options;
    private final Problems problems;
    private final AnnotationReader annotations;
    private final BackendTlsResolver tls;
    private final Set<UpstreamId> upstreams = new TreeSet<>();

    BackendResolver(Objects objects, TranslationOptions options, AnnotationReader annotations, Problems problems) {
        this.options = options;
        this.annotations = annotations;
        this.objects = objects;
        this.problems = problems;
        this.tls = new BackendTlsResolver(objects, annotations, problems);
    }

    /** All upstreams that were found so far. */
    Set<UpstreamId> upstreams() {
        return upstreams;
    }

    Action resolve(Ingress ingress, String field, Backend backend) {
        return switch (backend) {
            case Backend.Service s -> service(ingress, field + ".service", s);
            case Backend.Resource r ->
                unavailable(
                        ingress,
                        field + ".resource",
                        Reason.RESOURCE_BACKEND_UNSUPPORTED,
                        r.kind() + " " + r.name() + " cannot serve requests; name a Service instead");
            case Backend.Missing _ ->
                unavailable(
                        ingress, field, Reason.BACKEND_MISSING, "names no Service; set service.name and service.port");
        };
    }

    /** The Service's port, or its first one where none was asked for. */
    Optional<Action.Forward> resolve(ObjectKey service, Optional<Integer> port) {
        return objects.find(Service.KIND, service)
                .flatMap(s ->
                        port.map(s::port).orElseGet(() -> s.ports().stream().findFirst()))
                .map(p -> found(
                        new UpstreamId(service.namespace(), service.name(), p.name(), p.number()),
                        UpstreamPolicy.DEFAULT.with(UpstreamProtocol.of(p.appProtocol()))));
    }

    private Action service(Ingress ingress, String field, Backend.Service backend) {
        var key = new ObjectKey(ingress.key().namespace(), backend.name());
        var service = objects.find(Service.KIND, key);
        if (backend.port() instanceof Port.Ambiguous || backend.port() instanceof Port.Missing) {
            var message = "names " + describe(backend.port()) + "; give the port of Service " + key
                    + " by its name or by its number";
            return unavailable(ingress, field + ".port", Reason.BACKEND_MISSING, message);
        }
        if (backend.port() instanceof Port.Numbered(var number) && !Bounds.isPort(number)) {
            var message = "port " + number + " is not valid; use a number from 1 to 65535";
            return unavailable(ingress, field + ".port", Reason.BACKEND_MISSING, message);
        }
        if (service.isEmpty()) {
            var message = "Service " + key + " does not exist; create it or correct the name";
            return unavailable(ingress, field + ".name", Reason.SERVICE_NOT_FOUND, message);
        }
        if (service.get().type().equals(Service.EXTERNAL_NAME) && !options.externalNames()) {
            var message = "Service " + key + " is of type ExternalName, which is served only with --external-names;"
                    + " use one with endpoints";
            return unavailable(ingress, field + ".name", Reason.SERVICE_TYPE_UNSUPPORTED, message);
        }
        failure(ingress, field + ".name", service.get());
        return port(ingress, field, backend, service.get());
    }

    private Action port(Ingress ingress, String field, Backend.Service backend, Service service) {
        return port(service, backend.port())
                .map(p -> secured(ingress, service, found(upstream(ingress, service, p), policy(ingress, service, p))))
                .orElseGet(() -> {
                    var message = describe(backend.port()) + " of Service " + service.key() + " does not exist; it has "
                            + describe(service);
                    return unavailable(ingress, field + ".port", Reason.SERVICE_PORT_NOT_FOUND, message);
                });
    }

    /** With the terms of TLS, where it is spoken; nobody is trusted where they are not known. */
    private Action secured(Ingress ingress, Service service, Action.Forward found) {
        if (!found.policy().protocol().maySecure()) {
            tls.unused(ingress, service.key());
            return found;
        }
        return switch (tls.of(ingress, service.key())) {
            case BackendTlsResolver.Terms.Known(var terms) ->
                new Action.Forward(found.upstream(), found.policy().with(terms));
            case BackendTlsResolver.Terms.Unknown(var reason) -> unavailable(reason);
        };
    }

    private void failure(Ingress ingress, String field, Service service) {
        service.external()
                .ifPresent(external -> external.failure().ifPresent(reason -> {
                    var message = "Service " + service.key() + ": '" + external.name() + "' " + reason;
                    problems.add(ingress, field, Reason.EXTERNAL_NAME_UNRESOLVED, message);
                }));
    }

    private static Optional<Service.Port> port(Service service, Port port) {
        return switch (port) {
            case Port.Named n -> service.port(n.name());
            // Mostly an ExternalName has no ports: it is a name for all of them.
            case Port.Numbered(var number) ->
                service.port(number).or(() -> service.external().map(_ -> new Service.Port("", number, "")));
            case Port.Ambiguous _, Port.Missing _ -> Optional.empty();
        };
    }

    private UpstreamPolicy policy(Ingress ingress, Service service, Service.Port port) {
        var draft = annotations.draft(ingress);
        var protocol = draft.protocol().orElseGet(() -> UpstreamProtocol.of(port.appProtocol()));
        var policy = draft.upstream().with(protocol);
        return service.hasClientAffinity() && policy.balancing() instanceof Balancing.RoundRobin
                ? policy.with(new Balancing.Hash(new Balancing.Key.ClientAddress()))
                : policy;
    }

    private UpstreamId upstream(Ingress ingress, Service service, Service.Port port) {
        return new UpstreamId(
                service.key().namespace(),
                service.key().name(),
                port.name(),
                port.number(),
                annotations.draft(ingress).isToService() ? service.clusterIp() : "");
    }

    private Action.Forward found(UpstreamId upstream, UpstreamPolicy policy) {
        upstreams.add(upstream);
        return new Action.Forward(upstream, policy);
    }

    private Action unavailable(Ingress ingress, String field, Reason reason, String message) {
        problems.add(ingress, field, reason, message);
        return unavailable(reason);
    }

    /** What is answered where the backend is not there. */
    static Action unavailable(Reason reason) {
        return new Action.Answer(UNAVAILABLE, reason.camelCase());
    }

    /** What is answered where nobody is known who may have it. */
    static Action forbidden(Reason reason) {
        return new Action.Answer(FORBIDDEN, reason.camelCase());
    }

    private static String describe(Port port) {
        return switch (port) {
            case Port.Named n -> "port '" + n.name() + "'";
            case Port.Numbered n -> "port " + n.number();
            case Port.Ambiguous(var name, var number) -> "port '" + name + "' and " + number + " at once";
            case Port.Missing _ -> "no port";
        };
    }

    private static String describe(Service service) {
        var ports = service.ports().stream()
                .limit(NAMED)
                .map(p -> p.number() + (p.name().isEmpty() ? "" : " (" + p.name() + ")"))
                .collect(Collectors.joining(", "));
        var more = service.ports().size() - NAMED;
        return ports.isEmpty() ? "no port" : ports + (more > 0 ? " and " + more + " more" : "");
    }
}
