package dev.adit.kube.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An EndpointSlice. */
@Group("discovery.k8s.io")
@Version("v1")
@Kind("EndpointSlice")
@Plural("endpointslices")
@RegisterForReflection
public final class EndpointSliceObject extends ApiObject implements Namespaced {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private @Nullable String addressType;

    @JsonProperty
    private @Nullable List<Port> ports;

    @JsonProperty
    private @Nullable List<Endpoint> endpoints;

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Port(@Nullable String name, @Nullable Integer port) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Endpoint(
            @Nullable List<String> addresses,
            @Nullable Conditions conditions,
            @Nullable Hints hints,
            @Nullable Target targetRef) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Target(@Nullable String kind, @Nullable String name) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Conditions(
            @Nullable Boolean ready,
            @Nullable Boolean serving,
            @Nullable Boolean terminating) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Hints(
            @Nullable List<Named> forZones, @Nullable List<Named> forNodes) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Named(@Nullable String name) {}

    public @Nullable String addressType() {
        return addressType;
    }

    public @Nullable List<Port> ports() {
        return ports;
    }

    public @Nullable List<Endpoint> endpoints() {
        return endpoints;
    }
}
