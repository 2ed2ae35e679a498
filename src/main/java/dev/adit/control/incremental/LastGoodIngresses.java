package dev.adit.control.incremental;

import dev.adit.kube.Ingress;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem;
import dev.adit.translate.Translation;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Remembers the last version of every Ingress that had no fault of its own. One that is edited into a fault is served as
 * it was: what it said before was meant, and half of what it says now may not be.
 */
public final class LastGoodIngresses {
    private static final String STAYS = ". The last good version of the whole Ingress stays in force";

    private final Predicate<Ingress> restrictsAccess;
    private final Map<ObjectKey, Ingress> good = new HashMap<>();

    /**
     * Remembers none yet.
     *
     * @param restrictsAccess whether one keeps clients out, or means to: its last version may have been open
     */
    public LastGoodIngresses(Predicate<Ingress> restrictsAccess) {
        this.restrictsAccess = restrictsAccess;
    }

    /**
     * What a snapshot means, with each faulty Ingress as it was good last.
     *
     * @param translate what any snapshot means
     */
    public Translation translate(KubeSnapshot snapshot, Function<KubeSnapshot, Translation> translate) {
        good.keySet().retainAll(snapshot.keys(Ingress.KIND));
        return translatePart(snapshot, translate);
    }

    /** Those that are gone have no past any more. */
    public void forget(Set<ObjectKey> gone) {
        good.keySet().removeAll(gone);
    }

    /** The same for a snapshot of a few Ingresses, which says nothing of all others. */
    public Translation translatePart(KubeSnapshot snapshot, Function<KubeSnapshot, Translation> translate) {
        var plain = translate.apply(snapshot);
        var substitutes = substitutes(
                plain.own(),
                with(plain, Problem.Reason::isOfItself),
                with(plain, Problem.Reason.ANNOTATION_UNKNOWN::equals));
        if (substitutes.isEmpty()) {
            return plain;
        }
        var served = translate.apply(snapshot.with(substitutes.values()));
        return new Translation(
                served.table(),
                served.endpoints(),
                served.ingresses(),
                served.defaultRoute(),
                served.statuses(),
                problems(plain, served, substitutes.keySet()));
    }

    private static Set<ObjectKey> with(Translation plain, Predicate<Problem.Reason> reasons) {
        return plain.problems().stream()
                .filter(problem -> problem.kind().equals("Ingress") && reasons.test(problem.reason()))
                .map(Problem::object)
                .collect(Collectors.toSet());
    }

    private Map<ObjectKey, Ingress> substitutes(List<Ingress> own, Set<ObjectKey> faulty, Set<ObjectKey> misnamed) {
        var substitutes = new HashMap<ObjectKey, Ingress>();
        for (var ingress : own) {
            var key = ingress.key();
            var before = good.get(key);
            // Another object of the same name has no past.
            var known = before != null && before.uid().equals(ingress.uid()) ? before : null;
            // Where something has no known name, that which kept others out may be what is missing.
            var isFaulty =
                    faulty.contains(key) || (misnamed.contains(key) && known != null && restrictsAccess.test(known));
            if (isFaulty && known != null && !restrictsAccess.test(ingress)) {
                substitutes.put(key, known.seenAs(ingress));
            } else if (!isFaulty) {
                good.put(key, ingress);
            } else if (known == null) {
                good.remove(key);
            }
        }
        return substitutes;
    }

    /** Of those that are served as they were: why they are. */
    private static Collection<Problem> ofNow(Translation plain, Set<ObjectKey> substituted) {
        return plain.problems().stream()
                .filter(problem -> isAbout(problem, substituted))
                .map(problem -> holdsBack(problem.reason()) ? problem.with(problem.message() + STAYS) : problem)
                .toList();
    }

    private static boolean holdsBack(Problem.Reason reason) {
        return reason.isOfItself() || reason == Problem.Reason.ANNOTATION_UNKNOWN;
    }

    private static List<Problem> problems(Translation plain, Translation served, Set<ObjectKey> substituted) {
        var ofOthers = served.problems().stream().filter(problem -> !isAbout(problem, substituted));
        return Stream.concat(ofOthers, ofNow(plain, substituted).stream()).toList();
    }

    private static boolean isAbout(Problem problem, Set<ObjectKey> ingresses) {
        return problem.kind().equals("Ingress") && ingresses.contains(problem.object());
    }
}
