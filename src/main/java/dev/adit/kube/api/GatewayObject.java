package dev.adit.kube.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
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

/** A Gateway. */
@Group("gateway.networking.k8s.io")
@Version("v1")
@Kind("Gateway")
@Plural("gateways")
@RegisterForReflection
public final class GatewayObject extends ApiObject implements Namespaced {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private @Nullable Spec spec;

    @JsonProperty
    private @Nullable Status status;

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Spec(
            @Nullable String gatewayClassName,
            @Nullable List<Listener> listeners,
            @Nullable List<Address> addresses,
            @Nullable ClientTls tls,
            @Nullable Infrastructure infrastructure,
            @Nullable AllowedListeners allowedListeners) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record AllowedListeners(@Nullable Namespaces namespaces) {}

    /** What is made for it is to have. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Infrastructure(
            @Nullable Map<String, String> labels,
            @Nullable Map<String, String> annotations,
            @Nullable JsonNode parametersRef) {}

    /** What holds for all listeners with TLS. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ClientTls(
            @Nullable Frontend frontend, @Nullable Backend backend) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Frontend(
            @JsonProperty("default") @Nullable OfPort byDefault,
            @Nullable List<PerPort> perPort) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record PerPort(@Nullable Integer port, @Nullable OfPort tls) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record OfPort(@Nullable Validation validation) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Validation(
            @Nullable List<ReferenceObject> caCertificateRefs,
            @Nullable String mode) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Backend(@Nullable ReferenceObject clientCertificateRef) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Listener(
            @Nullable String name,
            @Nullable String hostname,
            @Nullable Integer port,
            @Nullable String protocol,
            @Nullable Tls tls,
            @Nullable AllowedRoutes allowedRoutes) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Tls(
            @Nullable String mode,
            @Nullable List<ReferenceObject> certificateRefs,
            @Nullable JsonNode frontendValidation) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record AllowedRoutes(
            @Nullable Namespaces namespaces, @Nullable List<RouteKind> kinds) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Namespaces(
            @Nullable String from, @Nullable Selector selector) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Selector(
            @Nullable Map<String, String> matchLabels,
            @Nullable List<Requirement> matchExpressions) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Requirement(
            @Nullable String key,
            @Nullable String operator,
            @Nullable List<String> values) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record RouteKind(
            @Nullable String group, @Nullable String kind) {}

    /** The whole of it, as we show it; lists that are null are not spoken of. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Status(
            @Nullable List<Address> addresses,
            @Nullable List<ConditionObject> conditions,
            @Nullable List<ListenerStatus> listeners,
            @Nullable Integer attachedListenerSets) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Address(@Nullable String type, @Nullable String value) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ListenerStatus(
            @Nullable String name,
            @Nullable List<RouteKind> supportedKinds,
            int attachedRoutes,
            @Nullable List<ConditionObject> conditions) {}

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
