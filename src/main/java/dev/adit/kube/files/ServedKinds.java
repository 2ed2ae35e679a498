package dev.adit.kube.files;

import dev.adit.kube.api.ConfigMapObject;
import dev.adit.kube.api.EndpointSliceObject;
import dev.adit.kube.api.IngressClassObject;
import dev.adit.kube.api.IngressObject;
import dev.adit.kube.api.SecretObject;
import dev.adit.kube.api.ServiceObject;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds of objects that a manifest can hold and that have a part in routing. */
final class ServedKinds {
    private static final int LONGEST = 63;
    private static final Map<String, Class<? extends HasMetadata>> KINDS = Map.of(
            "networking.k8s.io/v1/Ingress", IngressObject.class,
            "networking.k8s.io/v1/IngressClass", IngressClassObject.class,
            "v1/Service", ServiceObject.class,
            "v1/Secret", SecretObject.class,
            "v1/ConfigMap", ConfigMapObject.class,
            "discovery.k8s.io/v1/EndpointSlice", EndpointSliceObject.class);
    private static final Map<String, String> API_VERSIONS = Map.of(
            "Ingress", "networking.k8s.io/v1",
            "IngressClass", "networking.k8s.io/v1",
            "EndpointSlice", "discovery.k8s.io/v1");

    private ServedKinds() {}

    /** What an object of a kind is read into, or null where it has no part in routing. */
    static @Nullable Class<? extends HasMetadata> type(String apiVersion, String kind) {
        return KINDS.get(apiVersion + "/" + kind);
    }

    /** The one version in which a kind is served that has, or had, several. */
    static Optional<String> apiVersion(String kind) {
        return Optional.ofNullable(API_VERSIONS.get(kind));
    }

    /** A kind that is served and looks like this one, which is none. */
    static Optional<String> misspelt(String kind) {
        return kind.length() > LONGEST
                ? Optional.empty()
                : API_VERSIONS.keySet().stream()
                        .filter(known -> singular(known).equals(singular(kind)))
                        .findFirst();
    }

    /** Without the letters that make a plural, and that are lost most easily. */
    private static String singular(String kind) {
        var lower = kind.toLowerCase(Locale.ROOT);
        var end = lower.length();
        while (end > 0 && "es".indexOf(lower.charAt(end - 1)) >= 0) {
            end--;
        }
        return lower.substring(0, end);
    }
}
