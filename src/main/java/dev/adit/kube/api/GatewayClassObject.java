package dev.adit.kube.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/** A GatewayClass. */
@Group("gateway.networking.k8s.io")
@Version("v1")
@Kind("GatewayClass")
@Plural("gatewayclasses")
@RegisterForReflection
public final class GatewayClassObject extends ApiObject {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private @Nullable Spec spec;

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Spec(@Nullable String controllerName) {}

    public @Nullable Spec spec() {
        return spec;
    }
}
