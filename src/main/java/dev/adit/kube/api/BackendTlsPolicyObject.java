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
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A BackendTLSPolicy. */
@Group("gateway.networking.k8s.io")
@Version("v1")
@Kind("BackendTLSPolicy")
@Plural("backendtlspolicies")
@RegisterForReflection
public final class BackendTlsPolicyObject extends ApiObject implements Namespaced, RouteObject {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private @Nullable Spec spec;

    // As it is: the entries of other controllers are theirs.
    @JsonProperty
    private @Nullable JsonNode status;

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Spec(
            @Nullable List<ReferenceObject> targetRefs,
            @Nullable Validation validation,
            @Nullable Map<String, String> options) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Validation(
            @Nullable List<ReferenceObject> caCertificateRefs,
            @Nullable String wellKnownCACertificates,
            @Nullable String hostname,
            @Nullable List<SubjectName> subjectAltNames) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record SubjectName(
            @Nullable String type,
            @Nullable String hostname,
            @Nullable String uri) {}

    public @Nullable Spec spec() {
        return spec;
    }

    @Override
    public @Nullable JsonNode status() {
        return status;
    }
}
