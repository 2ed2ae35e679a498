package dev.adit.kube.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/** An IngressClass. */
@Group("networking.k8s.io")
@Version("v1")
@Kind("IngressClass")
@Plural("ingressclasses")
@RegisterForReflection
public final class IngressClassObject extends ApiObject {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private @Nullable Spec spec;

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Spec(
            @Nullable String controller, @Nullable Parameters parameters) {}

    /** Without a scope it is the cluster. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Parameters(
            @Nullable String apiGroup,
            @Nullable String kind,
            @Nullable String name,
            @Nullable String namespace,
            @Nullable String scope) {}

    public @Nullable Spec spec() {
        return spec;
    }
}
