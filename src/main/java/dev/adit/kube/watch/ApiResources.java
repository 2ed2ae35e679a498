package dev.adit.kube.watch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Set;
import java.util.stream.Collectors;

/** What an API server says that it has. Everybody who is authenticated may ask (ClusterRole {@code system:discovery}). */
final class ApiResources {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private ApiResources() {}

    /**
     * The names of the resources of one version, in their plural.
     *
     * @return none where the API server does not have the version
     * @throws KubernetesClientException where it does not answer
     */
    static Set<String> names(KubernetesClient client, String apiVersion) {
        var list = client.raw((apiVersion.contains("/") ? "/apis/" : "/api/") + apiVersion);
        if (list == null) {
            return Set.of();
        }
        try {
            return MAPPER.readTree(list)
                    .path("resources")
                    .valueStream()
                    .map(resource -> resource.path("name").asText())
                    .collect(Collectors.toSet());
        } catch (JsonProcessingException e) {
            throw new KubernetesClientException("the list of the resources of " + apiVersion + " is not JSON", e);
        }
    }
}
