package dev.adit.kube.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
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

    @JsonProperty
    private @Nullable Status status;

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Spec(@Nullable String controllerName) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Status(
            @Nullable List<ConditionObject> conditions,
            @Nullable List<Feature> supportedFeatures) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Feature(@Nullable String name) {}

    public @Nullable Spec spec() {
        return spec;
    }

    public @Nullable Status status() {
        return status;
    }

    public void status(Status shown) {
        status = shown;
    }
}
