package dev.adit.kube.files;

import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeObject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The IngressClass of a folder that has none of ours: what others say of theirs takes nothing away. */
final class ImpliedClass {
    private ImpliedClass() {}

    /**
     * What is to be added to these.
     *
     * @param implied the class of a folder without any
     */
    static Optional<IngressClass> beside(Collection<KubeObject> items, IngressClass implied) {
        var others = items.stream()
                .filter(IngressClass.class::isInstance)
                .map(IngressClass.class::cast)
                .toList();
        return isThere(others, implied)
                ? Optional.empty()
                : Optional.of(new IngressClass(
                        implied.name(),
                        implied.uid(),
                        implied.controller(),
                        implied.isDefault() && others.stream().noneMatch(IngressClass::isDefault),
                        implied.parameters()));
    }

    private static boolean isThere(List<IngressClass> others, IngressClass implied) {
        return others.stream()
                .anyMatch(other -> other.name().equals(implied.name())
                        || other.controller().equals(implied.controller()));
    }
}
