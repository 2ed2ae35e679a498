package dev.adit.translate.gateway;

import dev.adit.kube.Gateway;
import dev.adit.kube.Namespace;
import dev.adit.kube.Objects;

/** From which namespaces something may come to a Gateway or a listener. */
final class NamespaceRules {
    private final Objects objects;

    NamespaceRules(Objects objects) {
        this.objects = objects;
    }

    /**
     * Whether something may come from a namespace. One of which nothing is known is none that a selector takes.
     *
     * @param own that of the object which says so
     */
    boolean allow(Gateway.Namespaces allowed, String own, String namespace) {
        return switch (allowed.from()) {
            case "All" -> true;
            case "Same" -> namespace.equals(own);
            case "Selector" -> {
                var found = objects.find(Namespace.KIND, Namespace.key(namespace));
                yield found.isPresent()
                        && allowed.selector()
                                .filter(selector -> selector.takes(found.get().labels()))
                                .isPresent();
            }
            default -> false;
        };
    }
}
