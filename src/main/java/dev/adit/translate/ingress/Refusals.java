package dev.adit.translate.ingress;

import dev.adit.kube.Bounds;
import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem;
import dev.adit.kube.Problem.Reason;
import dev.adit.routing.Hostname;
import dev.adit.routing.Route;
import dev.adit.routing.RouteMatch;
import dev.adit.translate.annotation.Dialect;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The Ingresses that one translation leaves out as a whole, and why: whatever is wrong with one, the others are translated
 * as if it was not there. One that keeps somebody out is closed instead, since what it keeps them from may be a part of what
 * another one opens.
 */
final class Refusals {
    private static final Route.Action CLOSED = BackendResolver.unavailable(Reason.UNREADABLE);

    private final Function<Ingress, Dialect> dialects;
    private final boolean isForeignIgnored;
    private final Map<ObjectKey, Problem> refused = new LinkedHashMap<>();

    /**
     * None yet.
     *
     * @param dialects in which an Ingress is read
     * @param isForeignIgnored whether annotations for other controllers close none
     */
    Refusals(Function<Ingress, Dialect> dialects, boolean isForeignIgnored) {
        this.dialects = dialects;
        this.isForeignIgnored = isForeignIgnored;
    }

    /** Refuses an Ingress that says more than one may. */
    void judge(Ingress ingress) {
        try {
            excess(ingress).ifPresent(field -> {
                var message = "has %s. The Ingress is not served; split it into several".formatted(field.text());
                refused.put(ingress.key(), Problem.of(ingress, field.name(), Reason.TOO_LARGE, message));
            });
        } catch (Throwable e) {
            add(ingress, e);
        }
    }

    /** Refuses an Ingress that could not be translated. */
    void add(Ingress ingress, Throwable cause) {
        var effect = "The Ingress is left out; the others are served";
        refused.put(ingress.key(), Problem.unreadable("Ingress", ingress.key(), ingress.uid(), cause, effect));
    }

    boolean contains(Ingress ingress) {
        return refused.containsKey(ingress.key());
    }

    int size() {
        return refused.size();
    }

    Collection<Problem> problems() {
        return refused.values();
    }

    /**
     * Takes the paths of one that is refused without serving them, where it was meant to keep somebody out. It may take no
     * more than it could serve.
     */
    Optional<Route> close(Ingress ingress, HostCollector hosts, HostOwners owners, RuleReader paths) {
        if (!keepsOut(ingress)) {
            return Optional.empty();
        }
        for (var i = 0; i < ingress.rules().size(); i++) {
            var rule = ingress.rules().get(i);
            var field = "spec.rules[" + i + "]";
            Hostname.parse(rule.host()).ifPresent(host -> close(ingress, rule, host, field, hosts, owners, paths));
        }
        return ingress.defaultBackend()
                .map(_ -> new Route(
                        RuleReader.EVERY_REQUEST, CLOSED, HostCollector.origin(ingress, "spec.defaultBackend")));
    }

    private static void close(
            Ingress ingress,
            Ingress.Rule rule,
            Hostname host,
            String field,
            HostCollector hosts,
            HostOwners owners,
            RuleReader paths) {
        if (!hosts.mayHave(host, ingress, field)) {
            return;
        }
        hosts.claim(host, ingress);
        for (var j = 0; j < rule.paths().size(); j++) {
            var path = rule.paths().get(j);
            var place = field + ".http.paths[" + j + "]";
            paths.match(ingress, host, place, path)
                    .filter(match -> !AcmeChallenge.isTakenBy(match)
                            || owners.ordersElsewhere(host, ingress).isEmpty())
                    .ifPresent(match -> hosts.add(
                            host,
                            ingress,
                            new Route(RouteMatch.of(match), CLOSED, HostCollector.origin(ingress, place)),
                            path.backend()));
        }
    }

    /** What is nearly the name of such a setting was meant too; and so was, it may be, what cannot be looked at. */
    private boolean keepsOut(Ingress ingress) {
        try {
            var dialect = dialects.apply(ingress);
            return ingress.annotationNames(dialect.prefix()).anyMatch(dialect::isMeantToRestrict)
                    || (!isForeignIgnored && ForeignRestrictions.close(ingress, dialect.prefix()));
        } catch (Throwable _) {
            return true;
        }
    }

    private record Excess(String name, String text) {}

    private static Optional<Excess> excess(Ingress ingress) {
        var paths =
                ingress.rules().stream().mapToInt(rule -> rule.paths().size()).sum();
        var hosts = ingress.tls().stream().mapToInt(tls -> tls.hosts().size()).sum();
        return excess("spec.rules", ingress.rules().size(), Bounds.RULES, "rules")
                .or(() -> excess("spec.rules", paths, Bounds.PATHS, "paths"))
                .or(() -> excess("spec.tls", ingress.tls().size(), Bounds.TLS, "entries"))
                .or(() -> excess("spec.tls", hosts, Bounds.TLS_HOSTS, "hosts"));
    }

    private static Optional<Excess> excess(String field, int count, int most, String what) {
        return count > most
                ? Optional.of(new Excess(field, count + " " + what + ", and one Ingress may have " + most))
                : Optional.empty();
    }
}
