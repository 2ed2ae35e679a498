package dev.adit.translate.gateway.route;

import dev.adit.kube.ForeignReference;
import dev.adit.kube.KubeObject;
import dev.adit.kube.Objects;
import dev.adit.kube.ReferenceGrant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Which objects may refer to objects of other namespaces: those that a ReferenceGrant there lets. It is asked before the object
 * is looked for, so that nobody learns what another namespace has.
 */
public final class Grants {
    private final Map<String, List<ReferenceGrant>> byNamespace;

    /** Those of all namespaces. */
    public Grants(Objects objects) {
        byNamespace = objects.all(ReferenceGrant.KIND)
                .collect(Collectors.groupingBy(grant -> grant.key().namespace()));
    }

    /** Whether an object may refer to another one, wherever that is. */
    public boolean permit(KubeObject from, ForeignReference to) {
        var namespace = from.key().namespace();
        return to.namespace().isEmpty()
                || to.namespace().equals(namespace)
                || byNamespace.getOrDefault(to.namespace(), List.of()).stream()
                        .anyMatch(grant -> grant.from().stream().anyMatch(one -> isFrom(one, from))
                                && grant.to().stream().anyMatch(one -> isTo(one, to)));
    }

    private static boolean isFrom(ReferenceGrant.From one, KubeObject from) {
        return one.group().equals(from.kind().group())
                && one.kind().equals(from.kind().name())
                && one.namespace().equals(from.key().namespace());
    }

    private static boolean isTo(ReferenceGrant.To one, ForeignReference to) {
        return to.isOf(one.group(), one.kind())
                && (one.name().isEmpty() || one.name().equals(to.name()));
    }

    /** What to do where none permits it. */
    public static String remedy(KubeObject from, ForeignReference to) {
        return "no ReferenceGrant in namespace " + to.namespace() + " permits " + from.kind() + "s of namespace "
                + from.key().namespace() + " to refer to " + to + "; create one there";
    }
}
