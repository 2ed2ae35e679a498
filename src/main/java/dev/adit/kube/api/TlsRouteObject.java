package dev.adit.kube.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/** A TLSRoute. */
@Group("gateway.networking.k8s.io")
@Version("v1")
@Kind("TLSRoute")
@Plural("tlsroutes")
@RegisterForReflection
public final class TlsRouteObject extends ApiObject implements Namespaced, StreamRouteObject {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private @Nullable Spec spec;

    // As it is: the entries of other controllers are theirs.
    @JsonProperty
    private @Nullable JsonNode status;

    @Override
    public @Nullable Spec spec() {
        return spec;
    }

    @Override
    public @Nullable JsonNode status() {
        return status;
    }
}
