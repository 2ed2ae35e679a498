package dev.adit.kube.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Service. */
@Group("")
@Version("v1")
@Kind("Service")
@Plural("services")
@RegisterForReflection
public final class ServiceObject extends ApiObject implements Namespaced {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private @Nullable Spec spec;

    @JsonProperty
    private LoadBalancer.@Nullable Status status;

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Spec(
            @Nullable String type,
            @Nullable String clusterIP,
            @Nullable String sessionAffinity,
            @Nullable String externalName,
            @Nullable List<Port> ports) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Port(
            @Nullable String name,
            @Nullable Integer port,
            @Nullable String appProtocol,
            @Nullable JsonNode targetPort) {}

    public @Nullable Spec spec() {
        return spec;
    }

    public LoadBalancer.@Nullable Status status() {
        return status;
    }
}
