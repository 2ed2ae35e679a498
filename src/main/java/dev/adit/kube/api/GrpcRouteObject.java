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

/** A GRPCRoute. */
@Group("gateway.networking.k8s.io")
@Version("v1")
@Kind("GRPCRoute")
@Plural("grpcroutes")
@RegisterForReflection
public final class GrpcRouteObject extends ApiObject implements Namespaced, RouteObject {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private @Nullable Spec spec;

    // As it is: the entries of other controllers are theirs.
    @JsonProperty
    private @Nullable JsonNode status;

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Spec(
            @Nullable List<ReferenceObject> parentRefs,
            @Nullable List<String> hostnames,
            @Nullable List<Rule> rules) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Rule(
            @Nullable List<Match> matches,
            @Nullable List<HttpRouteObject.Filter> filters,
            @Nullable List<HttpRouteObject.BackendRef> backendRefs,
            HttpRouteObject.@Nullable Session sessionPersistence) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Match(@Nullable Method method, @Nullable List<HttpRouteObject.Typed> headers) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Method(
            @Nullable String type,
            @Nullable String service,
            @Nullable String method) {}

    public @Nullable Spec spec() {
        return spec;
    }

    @Override
    public @Nullable JsonNode status() {
        return status;
    }
}
