package dev.adit.translate;

import dev.adit.collection.Layered;
import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.ObjectRef;
import dev.adit.kube.Problem;
import dev.adit.kube.Service;
import dev.adit.kube.Status;
import dev.adit.routing.Route;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.upstream.EndpointTable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a snapshot means.
 *
 * @param ingresses those that this controller is responsible for
 * @param defaultRoute the last route of every host: the default backend for all requests
 * @param statuses what the objects that are ours are to say
 * @param problems every refused part, in a stable order
 */
public record Translation(
        RoutingTable table,
        EndpointTable endpoints,
        Layered<ObjectKey, Ingress> ingresses,
        Optional<Route> defaultRoute,
        Layered<ObjectRef, Status> statuses,
        List<Problem> problems) {
    /** Oldest first, so that a later object never takes away what an earlier one serves. */
    public static final Comparator<Ingress> OLDEST_FIRST =
            Comparator.comparing(Ingress::createdAt).thenComparing(Ingress::key);

    public static final Translation EMPTY = new Translation(
            RoutingTable.EMPTY, EndpointTable.EMPTY, Layered.empty(), Optional.empty(), Layered.empty(), List.of());

    public Translation(
            RoutingTable table,
            EndpointTable endpoints,
            List<Ingress> own,
            Optional<Route> defaultRoute,
            List<Status> statuses,
            List<Problem> problems) {
        this(
                table,
                endpoints,
                Layered.of(own.stream().collect(Collectors.toMap(Ingress::key, Function.identity()))),
                defaultRoute,
                Layered.of(statuses.stream().collect(Collectors.toMap(Status::object, Function.identity()))),
                problems);
    }

    /** The same with other endpoints. */
    public Translation with(EndpointTable changed) {
        return new Translation(table, changed, ingresses, defaultRoute, statuses, problems);
    }

    /** What is wrong apart from a part that is translated anew: apart from its objects, and from the Services that its routes lead to. */
    public Stream<Problem> problemsBeside(Translation part, Predicate<Problem> isOfPart) {
        var services = part.endpoints
                .endpoints()
                .entries()
                .map(entry ->
                        new ObjectKey(entry.getKey().namespace(), entry.getKey().service()))
                .collect(Collectors.toSet());
        return problems.stream()
                .filter(problem -> !isOfPart.test(problem)
                        && !(problem.kind().equals(Service.KIND.name()) && services.contains(problem.object())));
    }

    /** The Ingresses, oldest first. */
    public List<Ingress> own() {
        return ingresses.values().stream().sorted(OLDEST_FIRST).toList();
    }

    public Translation {
        problems = problems.stream().sorted().distinct().toList();
    }
}
