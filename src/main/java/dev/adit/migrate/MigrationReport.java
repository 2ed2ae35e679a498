package dev.adit.migrate;

import dev.adit.kube.ObjectKey;
import java.util.ArrayList;
import java.util.List;

/**
 * What becomes of the Ingresses of ingress-nginx.
 *
 * @param ingresses by name
 * @param settings of the ConfigMap
 * @param others about the classes, and Ingresses that are nobody's
 * @param command how to start Adit so that it serves them
 */
public record MigrationReport(
        List<OfIngress> ingresses, List<Finding> settings, List<Finding> others, List<String> command) {

    /** How an Ingress is served, compared with before. */
    public enum Verdict {
        EXACT,
        DIFFERS,
        REFUSED;

        @Override
        public String toString() {
            return switch (this) {
                case EXACT -> "exact";
                case DIFFERS -> "differs";
                case REFUSED -> "refused";
            };
        }
    }

    /** One Ingress. */
    public record OfIngress(ObjectKey ingress, List<Finding> findings) {
        public Verdict verdict() {
            return verdictOf(findings);
        }
    }

    /** The worst of all. */
    public Verdict verdict() {
        var all = new ArrayList<>(settings);
        all.addAll(others);
        ingresses.forEach(one -> all.addAll(one.findings()));
        return verdictOf(all);
    }

    /** How many Ingresses have this verdict. */
    public long count(Verdict verdict) {
        return ingresses.stream().filter(one -> one.verdict() == verdict).count();
    }

    private static Verdict verdictOf(List<Finding> findings) {
        var verdict = Verdict.EXACT;
        for (var finding : findings) {
            switch (finding.kind()) {
                case REFUSED -> {
                    return Verdict.REFUSED;
                }
                case DIFFERS, OPEN_BEFORE -> verdict = Verdict.DIFFERS;
                case NOTE -> {}
            }
        }
        return verdict;
    }
}
