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

/** A ListenerSet, whose listeners and status are as those of a Gateway. */
@Group("gateway.networking.k8s.io")
@Version("v1")
@Kind("ListenerSet")
@Plural("listenersets")
@RegisterForReflection
public final class ListenerSetObject extends ApiObject implements Namespaced {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private @Nullable Spec spec;

    @JsonProperty
    private GatewayObject.@Nullable Status status;

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Spec(
            @Nullable ReferenceObject parentRef, @Nullable List<GatewayObject.Listener> listeners) {}

    public @Nullable Spec spec() {
        return spec;
    }

    public GatewayObject.@Nullable Status status() {
        return status;
    }

    public void status(GatewayObject.Status shown) {
        status = shown;
    }
}
