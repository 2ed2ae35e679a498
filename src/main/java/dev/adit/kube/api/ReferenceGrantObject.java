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

/** A ReferenceGrant. */
@Group("gateway.networking.k8s.io")
@Version("v1beta1")
@Kind("ReferenceGrant")
@Plural("referencegrants")
@RegisterForReflection
public final class ReferenceGrantObject extends ApiObject implements Namespaced {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private @Nullable Spec spec;

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Spec(
            @Nullable List<ReferenceObject> from, @Nullable List<ReferenceObject> to) {}

    public @Nullable Spec spec() {
        return spec;
    }
}
