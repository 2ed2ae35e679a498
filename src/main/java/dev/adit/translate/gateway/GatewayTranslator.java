package dev.adit.translate.gateway;

import dev.adit.kube.Condition;
import dev.adit.kube.Gateway;
import dev.adit.kube.GatewayClass;
import dev.adit.kube.GatewayRoute;
import dev.adit.kube.HttpRoute;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.ObjectRef;
import dev.adit.kube.Objects;
import dev.adit.kube.Problem;
import dev.adit.kube.Problem.Reason;
import dev.adit.kube.Status;
import dev.adit.kube.StreamRoute;
import dev.adit.translate.ApiTranslator;
import dev.adit.translate.Draft;
import dev.adit.translate.RouteLinks;
import dev.adit.translate.TranslationOptions;
import dev.adit.translate.gateway.route.BackendTls;
import dev.adit.translate.gateway.route.Backends;
import dev.adit.translate.gateway.route.Grants;
import dev.adit.translate.gateway.route.HttpRouteReader;
import dev.adit.translate.gateway.route.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The Gateway API: what all Gateways of our classes mean, with the HTTPRoutes that are attached to them. */
public final class GatewayTranslator implements ApiTranslator {
    private static final Condition ACCEPTED =
            new Condition("Accepted", true, "Accepted", "Adit serves the Gateways of this class");

    // "The message for this condition MUST start with the prefix 'Dropped Rule' or 'Fall Back'"
    // (RouteConditionPartiallyInvalid).
    private static final String DROPPED = "Dropped Rule: it answers an error, or a backend of it does. ";

    private final TranslationOptions options;

    public GatewayTranslator(TranslationOptions options) {
        this.options = options;
    }

    /**
     * "ties are broken by the oldest Route based on creation timestamp; the Route appearing first in alphabetical order by
     * {namespace}/{name}" (HTTPRouteRule.matches): by the whole text, and not by its parts.
     */
    private static <T> Comparator<T> precedence(Function<T, Instant> age, Function<T, ObjectKey> key) {
        return Comparator.comparing(age)
                .thenComparing(object -> key.apply(object).toString());
    }

    @Override
    public void translate(Objects all, Draft draft) {
        var classes = all.all(GatewayClass.KIND)
                .filter(ofClass -> ofClass.controller().equals(GatewayClass.CONTROLLER))
                .toList();
        classes.forEach(ofClass -> draft.show(new Status.OfClass(
                ofClass.ref(),
                ofClass.uid(),
                ofClass.generation(),
                List.of(ACCEPTED),
                SupportedFeatures.of(options.gateways().mode()))));
        var names = classes.stream().map(ofClass -> ofClass.key().name()).collect(Collectors.toSet());
        var gateways = all.all(Gateway.KIND)
                .filter(gateway -> names.contains(gateway.className()))
                .sorted(precedence(Gateway::createdAt, Gateway::key))
                .toList();
        if (!gateways.isEmpty()) {
            new Translating(draft.looks().over(all), draft, gateways).translate();
        }
    }

    private final class Translating {
        private final Objects objects;
        private final Draft draft;
        private final List<Gateway> gateways;
        private final Map<ObjectKey, Gateway> byKey;
        private final List<Problem> problems = new ArrayList<>();
        private final LocalPorts ports;
        private final ListenerSets sets;
        private final Listeners listeners;
        private final Attachments attachments;
        private final Backends backends;
        private final HttpRouteReader rules;
        private final PortTables tables;
        private final GatewayIdentities identities;
        private final BackendTlsUsers policies;

        Translating(Objects objects, Draft draft, List<Gateway> gateways) {
            this.objects = objects;
            this.draft = draft;
            this.gateways = gateways;
            byKey = gateways.stream().collect(Collectors.toMap(Gateway::key, Function.identity()));
            var grants = new Grants(objects);
            ports = new LocalPorts(objects, options, gateways);
            var namespaces = new NamespaceRules(objects);
            sets = new ListenerSets(objects, namespaces, byKey);
            var certificates = new ListenerCertificates(objects, grants);
            listeners = new Listeners(certificates, new ListenerClients(objects, grants), ports, gateways, sets);
            listeners.all().forEach(listener -> listener.attach(draft.links().elsewhere(listener.name())));
            identities = new GatewayIdentities(certificates, gateways);
            attachments = new Attachments(namespaces, listeners);
            var tls = new BackendTls(objects);
            backends = new Backends(objects, grants, tls, options);
            policies = new BackendTlsUsers(tls);
            rules = new HttpRouteReader(backends, options);
            tables = new PortTables(listeners, ports, identities);
        }

        void translate() {
            GatewayRoute.kinds().stream()
                    .<GatewayRoute>flatMap(objects::all)
                    .sorted(precedence(GatewayRoute::createdAt, GatewayRoute::key))
                    .forEach(this::attach);
            gateways.forEach(gateway -> draft.show(status(gateway)));
            sets.statuses(listeners, ports).forEach(draft::show);
            sets.problems().forEach(problems::add);
            identities.problems().forEach(problems::add);
            policies.statuses().forEach(draft::show);
            policies.problems().forEach(problems::add);
            var owners = new NameOwners(draft);
            var served = tables.tables(owners);
            problems.addAll(tables.problems());
            listeners.all().forEach(listener -> problems.addAll(listener.problems()));
            draft.refuse(problems);
            draft.listen(served, tables.certificates(owners), backends.upstreams());
        }

        /** A route that cannot be read, for whatever reason, is left out; all others are served. */
        private void attach(GatewayRoute route) {
            try {
                new Attaching(route).attach();
            } catch (Throwable e) {
                problems.add(Problem.unreadable(
                        route.kind().name(), route.key(), route.uid(), e, "It is left out, and its hosts answer 404"));
            }
        }

        private static List<Condition> conditions(Verdict attached, HttpRouteReader.Result read) {
            var message = read.unserved().stream()
                    .map(HttpRouteReader.Unserved::toString)
                    .collect(Collectors.joining(". "));
            var accepted = read.isUnserved() ? attached.and(Verdict.no("UnsupportedValue", message)) : attached;
            var conditions = new ArrayList<Condition>();
            conditions.add(accepted.as("Accepted"));
            conditions.add(read.references().as("ResolvedRefs"));
            if (accepted.holds() && !read.unserved().isEmpty()) {
                conditions.add(new Verdict(true, "UnsupportedValue", DROPPED + message).as("PartiallyInvalid"));
            }
            return conditions;
        }

        private Status status(Gateway gateway) {
            return new GatewayVerdict(gateway, listeners, sets, ports, identities).status();
        }

        /** One route, of which nothing is noted before all of it has been read. */
        private final class Attaching {
            private final GatewayRoute route;
            private final List<Status.OfParent> parents = new ArrayList<>();
            private final List<Attachments.Attachment> attached = new ArrayList<>();
            private HttpRouteReader.@Nullable Result read;

            Attaching(GatewayRoute route) {
                this.route = route;
            }

            void attach() {
                for (var parent : route.parents()) {
                    // One of somebody else is theirs to speak of.
                    Attachments.target(route, parent, byKey, sets).ifPresent(target -> attach(parent, target));
                }
                var found = read;
                if (found == null) {
                    return;
                }
                found.unserved().forEach(one -> tell(one.field(), Reason.RULE_NOT_SERVED, one.message()));
                found.ignored().forEach(one -> tell(one.field(), Reason.FIELD_IGNORED, one.message()));
                if (!found.references().holds()) {
                    tell(
                            "spec.rules",
                            Reason.REFERENCE_UNRESOLVED,
                            found.references().message());
                }
                var places = new HashSet<RouteLinks.Place>();
                var counting = new HashSet<RouteLinks.Listener>();
                for (var attachment : attached) {
                    var listener = attachment.listener();
                    if (!found.isUnserved()) {
                        listener.attach(1);
                        counting.add(listener.name());
                    }
                    if (!(route instanceof StreamRoute)) {
                        policies.note(listener.gateway(), found.services());
                    }
                    var hosts = attachments.served(attachment);
                    tables.add(route, listener, hosts, found.routes());
                    ports.of(listener)
                            .ifPresent(port -> hosts.forEach(host -> places.add(new RouteLinks.Place(port, host))));
                }
                draft.links().note(route.ref(), new RouteLinks.Link(places, counting));
                draft.show(new Status.OfRoute(route.ref(), route.uid(), route.generation(), parents));
            }

            private void tell(String field, Reason reason, String message) {
                problems.add(Problem.of(route, field, reason, message));
            }

            private void attach(HttpRoute.ParentRef parent, ObjectRef target) {
                var found = read == null ? rules.read(route) : read;
                read = found;
                var result = attachments.of(route, parent, target);
                if (!result.accepted().holds()) {
                    tell(
                            "spec.parentRefs[" + route.parents().indexOf(parent) + "]",
                            Reason.ROUTE_NOT_ATTACHED,
                            result.accepted().message());
                }
                parents.add(new Status.OfParent(parent, conditions(result.accepted(), found)));
                result.found().stream()
                        .filter(one -> attached.stream()
                                .noneMatch(other -> other.listener().equals(one.listener())))
                        .forEach(attached::add);
            }
        }
    }
}
