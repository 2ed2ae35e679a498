package dev.adit.translate.annotation;

import dev.adit.kube.ConfigMap;
import dev.adit.kube.IngressClass;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Objects;
import dev.adit.kube.Problem;
import dev.adit.kube.Problem.Reason;
import dev.adit.translate.Problems;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The ConfigMap that an IngressClass names in {@code spec.parameters}: what holds for every Ingress that says nothing else. */
public final class ClassParameters {
    private static final String FIELD = "spec.parameters";

    private final Dialect dialect;
    private final Objects objects;
    private final String ownNamespace;
    private final Problems problems;

    /**
     * Of the classes of a objects.
     *
     * @param ownNamespace where a ConfigMap is looked for that a class names without a namespace
     */
    public ClassParameters(Dialect dialect, Objects objects, String ownNamespace, Problems problems) {
        this.dialect = dialect;
        this.objects = objects;
        this.ownNamespace = ownNamespace;
        this.problems = problems;
    }

    /** What no class says. */
    public Annotations none() {
        return new Annotations(dialect, Map.of(), null, (_, _, _) -> {});
    }

    /** What a class says; nothing where its ConfigMap cannot be used. */
    public Annotations of(IngressClass ingressClass) {
        return ingressClass
                .parameters()
                .flatMap(named -> configMap(ingressClass, named))
                .map(this::read)
                .orElseGet(this::none);
    }

    private Optional<ConfigMap> configMap(IngressClass ingressClass, IngressClass.Parameters parameters) {
        if (!parameters.kind().equals("ConfigMap") || !parameters.apiGroup().isEmpty()) {
            var message = parameters.kind() + " " + parameters.name()
                    + " cannot hold settings; name a ConfigMap, without apiGroup";
            problems.add(Problem.of(ingressClass, FIELD + ".kind", Reason.PARAMETERS_INVALID, message));
            return Optional.empty();
        }
        var key = new ObjectKey(parameters.namespace().orElse(ownNamespace), parameters.name());
        var found = objects.find(ConfigMap.KIND, key).filter(ConfigMap::isRead);
        if (found.isEmpty()) {
            var message = "ConfigMap " + key + " does not exist, or is not in " + ownNamespace
                    + ", the only namespace from which ConfigMaps are read; create it there";
            problems.add(Problem.of(ingressClass, FIELD + ".name", Reason.PARAMETERS_NOT_FOUND, message));
        }
        return found;
    }

    /** With nothing but what stands behind them. */
    public Annotations over(Annotations behind) {
        return new Annotations(dialect, Map.of(), behind, (_, _, _) -> {});
    }

    /** All that a ConfigMap says; nothing where it is not there. */
    public Annotations of(ObjectKey key) {
        var found = objects.find(ConfigMap.KIND, key).filter(ConfigMap::isRead);
        if (found.isEmpty()) {
            var message = "does not exist, and --configmap names it; create it. Until then every default holds";
            problems.add(new Problem("ConfigMap", key, "", "metadata.name", Reason.PARAMETERS_NOT_FOUND, message));
            return none();
        }
        return new Annotations(
                dialect,
                found.get().entries(),
                null,
                (name, _, message) -> problems.add(problem(found.get(), name, message)));
    }

    private Annotations read(ConfigMap source) {
        var ofClasses = dialect.keys().stream()
                .filter(key -> key.scope() == Scope.CLASS)
                .map(AnnotationKey::name)
                .collect(Collectors.toCollection(TreeSet::new));
        var texts = new HashMap<>(source.entries());
        texts.keySet().retainAll(ofClasses);
        source.entries().keySet().stream()
                .filter(name -> !ofClasses.contains(name))
                .forEach(name -> problems.add(problem(
                        source, name, "is not a setting of a class; those are " + String.join(", ", ofClasses))));
        return new Annotations(
                dialect, texts, null, (name, _, message) -> problems.add(problem(source, name, message)));
    }

    private static Problem problem(ConfigMap source, String name, String message) {
        return Problem.of(source, "data[" + name + "]", Reason.PARAMETERS_INVALID, message);
    }
}
