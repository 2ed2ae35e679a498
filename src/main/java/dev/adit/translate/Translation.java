package dev.adit.translate;

import dev.adit.kube.Ingress;
import dev.adit.kube.Problem;
import dev.adit.routing.RoutingTable;
import dev.adit.routing.upstream.EndpointTable;
import java.util.Comparator;
import java.util.List;

/**
 * What a snapshot means.
 *
 * @param own the Ingresses that this controller is responsible for, oldest first
 * @param problems every refused part, in a stable order
 */
public record Translation(RoutingTable table, EndpointTable endpoints, List<Ingress> own, List<Problem> problems) {
    /**
     * Oldest first, so that a later object never takes away what an earlier one serves. The solvers of cert-manager come
     * before all: each is there for minutes, for one path, at a host that others serve.
     */
    public static final Comparator<Ingress> OLDEST_FIRST = Comparator.comparing(
                    (Ingress ingress) -> !ingress.isAcmeSolver())
            .thenComparing(Ingress::createdAt)
            .thenComparing(Ingress::key);

    public static final Translation EMPTY =
            new Translation(RoutingTable.EMPTY, EndpointTable.EMPTY, List.of(), List.of());

    /** The same with other endpoints. */
    public Translation with(EndpointTable changed) {
        return new Translation(table, changed, own, problems);
    }

    public Translation {
        own = List.copyOf(own);
        problems = problems.stream().sorted().distinct().toList();
    }
}
