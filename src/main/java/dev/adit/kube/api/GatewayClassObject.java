package dev.adit.kube.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
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
public final class GatewayClassObject extends ApiObject implements Conditioned {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private @Nullable Spec spec;

    @JsonProperty
    private ConditionObject.@Nullable Status status;

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Spec(@Nullable String controllerName) {}

    public @Nullable Spec spec() {
        return spec;
    }

    @Override
    public List<ConditionObject> conditions() {
        return status == null || status.conditions() == null ? List.of() : status.conditions();
    }

    @Override
    public void conditions(List<ConditionObject> conditions) {
        status = new ConditionObject.Status(conditions);
    }
}
