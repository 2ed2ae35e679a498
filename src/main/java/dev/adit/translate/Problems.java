package dev.adit.translate;

import dev.adit.kube.Ingress;
import dev.adit.kube.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects what one translation refuses. */
public final class Problems {
    private final List<Problem> found = new ArrayList<>();

    public void add(Ingress ingress, String field, Problem.Reason reason, String message) {
        found.add(Problem.of(ingress, field, reason, message));
    }

    public void add(Problem problem) {
        found.add(problem);
    }

    public List<Problem> all() {
        return found;
    }
}
