package dev.adit.translate.settings;

import dev.adit.kube.ConfigMap;
import dev.adit.kube.IngressClass;
import dev.adit.kube.KubeSnapshot;
import dev.adit.kube.ObjectKey;
import dev.adit.kube.Problem;
import dev.adit.kube.Problem.Reason;
import dev.adit.translate.Problems;
import java.util.HashMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ConfigMap that an IngressClass names in {@code spec.parameters}: the settings of every Ingress that has none of its own. */
public final class ClassSettings {
    // What else there is concerns the hosts of one Ingress.
    private static final Set<String> GENERAL = Stream.concat(
                    Stream.of(
                            SettingsParser.LOAD_BALANCE,
                            SettingsParser.CONNECT_TIMEOUT,
                            SettingsParser.RESPONSE_TIMEOUT,
                            SettingsParser.SSL_REDIRECT),
                    PolicySettings.ALL.stream().filter(PolicySetting::isGeneral).map(PolicySetting::name))
            .collect(Collectors.toUnmodifiableSet());
    private static final String FIELD = "spec.parameters";

    private ClassSettings() {}

    /**
     * Reads them.
     *
     * @param ownNamespace where a ConfigMap is looked for that the class names without a namespace
     */
    public static Settings of(
            IngressClass ingressClass, KubeSnapshot snapshot, String ownNamespace, Problems problems) {
        var named = ingressClass.parameters();
        if (named.isEmpty()) {
            return Settings.NONE;
        }
        var parameters = named.get();
        if (!parameters.kind().equals("ConfigMap") || !parameters.apiGroup().isEmpty()) {
            var message = parameters.kind() + " " + parameters.name()
                    + " cannot hold settings; name a ConfigMap, without apiGroup";
            problems.add(problem(ingressClass, FIELD + ".kind", Reason.PARAMETERS_INVALID, message));
            return Settings.NONE;
        }
        var key = new ObjectKey(parameters.namespace().orElse(ownNamespace), parameters.name());
        var found = snapshot.configMap(key);
        if (found.isEmpty()) {
            var message = "ConfigMap " + key + " does not exist, or is outside of " + ownNamespace
                    + ", the only namespace where ConfigMaps are read; create it there";
            problems.add(problem(ingressClass, FIELD + ".name", Reason.PARAMETERS_NOT_FOUND, message));
            return Settings.NONE;
        }
        return read(found.get(), problems);
    }

    private static Settings read(ConfigMap source, Problems problems) {
        SettingsParser.Sink sink = (name, _, message) -> problems.add(problem(source, name, message));
        var general = new HashMap<>(source.entries());
        source.entries().keySet().forEach(name -> {
            if (!GENERAL.contains(name)) {
                general.remove(name);
                sink.add(
                        name,
                        Reason.PARAMETERS_INVALID,
                        "is not a setting of a class; those are "
                                + String.join(", ", GENERAL.stream().sorted().toList()));
            }
        });
        return SettingsParser.parse(general, sink);
    }

    private static Problem problem(ConfigMap source, String name, String message) {
        return new Problem(
                "ConfigMap", source.key(), source.uid(), "data[" + name + "]", Reason.PARAMETERS_INVALID, message);
    }

    private static Problem problem(IngressClass source, String field, Reason reason, String message) {
        return new Problem("IngressClass", source.key(), source.uid(), field, reason, message);
    }
}
