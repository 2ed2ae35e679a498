package dev.adit.translate.ingress;

import dev.adit.kube.Ingress;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem.Reason;
import dev.adit.translate.Problems;
import dev.adit.translate.annotation.AnnotationReader;
import dev.adit.translate.annotation.ForeignAnnotations;
import dev.adit.translate.annotation.ForeignAnnotations.Foreign;
import dev.adit.translate.annotation.adit.AditDialect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of an Ingress with annotations for other controllers: each is told of, and one that kept clients out there closes
 * the Ingress here, which would else be open to everybody.
 */
final class ForeignRestrictions {
    private final AnnotationReader annotations;
    private final boolean isIgnored;
    private final Problems problems;
    private final Map<ObjectKey, Boolean> judged = new HashMap<>();

    /**
     * For one translation.
     *
     * @param annotations those that are read
     * @param isIgnored whether none of them closes an Ingress
     */
    ForeignRestrictions(AnnotationReader annotations, boolean isIgnored, Problems problems) {
        this.annotations = annotations;
        this.isIgnored = isIgnored;
        this.problems = problems;
    }

    /** The same without telling of it. */
    static boolean close(Ingress ingress, String ownPrefix) {
        return ForeignAnnotations.of(ingress, ownPrefix).stream().anyMatch(one -> closes(one, ownPrefix));
    }

    /** ingress-nginx never kept anybody out by what is for others, Adit's own apart. */
    private static boolean closes(Foreign one, String ownPrefix) {
        return one.restrictsAccess()
                && (!ownPrefix.equals(Ingress.INGRESS_NGINX) || one.name().startsWith(AditDialect.DIALECT.prefix()));
    }

    /** Whether the paths of an Ingress answer 503. What is wrong is told once. */
    boolean close(Ingress ingress) {
        return !ingress.annotations().isEmpty() && judged.computeIfAbsent(ingress.key(), _ -> judge(ingress));
    }

    private boolean judge(Ingress ingress) {
        var dialect = annotations.of(ingress).dialect();
        var ownPrefix = dialect.prefix();
        var foreign = ForeignAnnotations.of(ingress, ownPrefix).stream()
                .filter(one -> !dialect.knows(one.name()))
                .toList();
        var closing = isIgnored
                ? List.<Foreign>of()
                : foreign.stream().filter(one -> closes(one, ownPrefix)).toList();
        for (var one : closing) {
            var message = "keeps clients out in " + one.controller()
                    + ", and Adit does not read it. The paths of this Ingress"
                    + " answer 503, so that they are not open to everybody; remove it, or start Adit with"
                    + " --foreign-annotations=ignore";
            problems.add(ingress, "metadata.annotations[" + one.name() + "]", Reason.ANNOTATION_FOREIGN, message);
        }
        var others = foreign.stream().filter(one -> !closing.contains(one)).toList();
        if (!others.isEmpty()) {
            var message = ForeignAnnotations.list(others)
                    + (others.size() == 1
                            ? " has no effect, because it is for "
                            : " have no effect, because they are for ")
                    + ForeignAnnotations.controllers(others) + "; what Adit can do instead is in docs/annotations.md";
            problems.add(ingress, "metadata.annotations", Reason.ANNOTATION_IGNORED, message);
        }
        return !closing.isEmpty();
    }
}
