package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects what one translation refuses. */
final class Problems {
    private final List<Problem> found = new ArrayList<>();

    void add(Ingress ingress, String field, Problem.Reason reason, String message) {
        found.add(Problem.of(ingress, field, reason, message));
    }

    void add(Problem problem) {
        found.add(problem);
    }

    List<Problem> all() {
        return found;
    }
}
