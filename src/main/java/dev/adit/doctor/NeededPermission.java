package dev.adit.doctor;

import dev.adit.kube.ConfigMap;
import dev.adit.kube.Namespace;
import dev.adit.kube.Secret;
import dev.adit.kube.kind.ServedKind;
import dev.adit.kube.kind.ServedKinds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that the ServiceAccount of Adit has to be allowed.
 *
 * @param subresource empty for the object itself
 * @param namespace empty for all of them
 * @param name empty for any object
 */
public record NeededPermission(
        String verb, String group, String resource, String subresource, String namespace, String name) {
    private static final String GATEWAY_API = "gateway.networking.k8s.io";

    /**
     * What an installation needs.
     *
     * @param own the namespace of Adit
     * @param watched the one that is served; empty for all
     * @param hasGatewayApi whether its kinds are there to be followed
     * @param arguments of Adit, as far as they are known
     */
    public static List<NeededPermission> all(
            String own, Optional<String> watched, boolean hasGatewayApi, List<String> arguments) {
        var needed = new ArrayList<NeededPermission>();
        for (var served : ServedKinds.ALL) {
            if (served.sign().filter(sign -> sign.group().equals(GATEWAY_API)).isPresent()
                    && (!hasGatewayApi || (watched.isPresent() && served.kind().equals(Namespace.KIND)))) {
                continue; // not followed: nobody looks at the labels of other namespaces where one is served
            }
            if (served.kind().equals(Secret.KIND) || served.kind().equals(ConfigMap.KIND)) {
                // Hardened installations get them one by one.
                needed.add(of("get", served, watched.orElse("")));
            } else {
                needed.add(of("list", served, namespace(served, own, watched)));
                needed.add(of("watch", served, namespace(served, own, watched)));
            }
        }
        if (!arguments.isEmpty() && !arguments.contains("--secrets=get")) {
            needed.add(new NeededPermission("list", "", "secrets", "", watched.orElse(""), ""));
            needed.add(new NeededPermission("watch", "", "secrets", "", watched.orElse(""), ""));
        }
        if (arguments.contains("--publish-nodes")) {
            needed.add(new NeededPermission("list", "", "pods", "", own, ""));
            needed.add(new NeededPermission("watch", "", "pods", "", own, ""));
        }
        if (arguments.contains("--gateway-addresses=service")) {
            needed.add(new NeededPermission("create", "", "services", "", own, ""));
            needed.add(new NeededPermission("patch", "", "services", "", own, ""));
            needed.add(new NeededPermission("delete", "", "services", "", own, ""));
        }
        needed.add(new NeededPermission("patch", "networking.k8s.io", "ingresses", "status", watched.orElse(""), ""));
        needed.add(new NeededPermission("create", "", "events", "", watched.orElse(""), ""));
        needed.add(new NeededPermission("create", "coordination.k8s.io", "leases", "", own, ""));
        needed.add(new NeededPermission("get", "coordination.k8s.io", "leases", "", own, "adit-leader"));
        needed.add(new NeededPermission("patch", "coordination.k8s.io", "leases", "", own, "adit-leader"));
        return needed;
    }

    private static NeededPermission of(String verb, ServedKind<?, ?> served, String namespace) {
        return new NeededPermission(verb, served.kind().group(), served.kind().plural(), "", namespace, "");
    }

    private static String namespace(ServedKind<?, ?> served, String own, Optional<String> watched) {
        return switch (served.place()) {
            case CLUSTER -> "";
            case WATCHED -> watched.orElse("");
            case OWN -> own;
        };
    }

    /** Such as {@code list ingresses.networking.k8s.io in all namespaces}. */
    public String text() {
        return verb + " " + resource + (group.isEmpty() ? "" : "." + group)
                + (subresource.isEmpty() ? "" : "/" + subresource)
                + (name.isEmpty() ? "" : " " + name)
                + (namespace.isEmpty() ? " in all namespaces" : " in namespace " + namespace);
    }
}
