package dev.adit.translate;

import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects what one translation refuses. Of one object and one reason the first few are enough to see what is wrong: each
 * problem is a line in the log and an Event.
 */
public final class Problems {
    private static final int ENOUGH = 50;

    private final List<Problem> found = new ArrayList<>();
    private final Map<Kind, Integer> counts = new HashMap<>();

    private record Kind(String kind, ObjectKey object, String uid, Problem.Reason reason) {}

    public void add(Ingress ingress, String field, Problem.Reason reason, String message) {
        add(Problem.of(ingress, field, reason, message));
    }

    public void add(Problem problem) {
        var kind = new Kind(problem.kind(), problem.object(), problem.uid(), problem.reason());
        if (counts.merge(kind, 1, Integer::sum) <= ENOUGH) {
            found.add(problem);
        }
    }

    public List<Problem> all() {
        var all = new ArrayList<>(found);
        counts.forEach((kind, count) -> {
            if (count > ENOUGH) {
                var message = (count - ENOUGH) + " more problems of this kind are not listed; fix these first";
                all.add(new Problem(kind.kind(), kind.object(), kind.uid(), "…", kind.reason(), message));
            }
        });
        return all;
    }
}
