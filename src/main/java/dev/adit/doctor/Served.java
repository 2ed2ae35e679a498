package dev.adit.doctor;

import dev.adit.kube.KubeSnapshot;
import dev.adit.translate.Translation;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the cluster asks Adit to serve.
 *
 * @param ingressClass the name of the class
 * @param addresses that clients find for each name, of hosts and of what Ingresses show in place of an address; none where a name is
 *     unknown
 */
public record Served(
        KubeSnapshot snapshot, Translation translation, String ingressClass, Map<String, List<String>> addresses) {

    /** The hosts that were looked for, with what was found. */
    Map<String, List<String>> hosts() {
        var shown = shown();
        return addresses.entrySet().stream()
                .filter(found -> !shown.contains(found.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What the Ingresses show: addresses, and names such as those of load balancers. */
    public Set<String> shown() {
        return translation.own().stream()
                .flatMap(ingress -> ingress.addresses().stream())
                .map(InstallationChecks::text)
                .collect(Collectors.toSet());
    }

    /** The addresses of Adit: those that are shown, and those that shown names lead to. */
    Set<String> own() {
        return shown().stream()
                .flatMap(one -> Stream.concat(Stream.of(one), addresses.getOrDefault(one, List.of()).stream()))
                .collect(Collectors.toSet());
    }
}
