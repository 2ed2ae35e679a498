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

/** A Service with what is written of one, which {@link ServiceObject} has no need of: there may be thousands of those. */
@Group("")
@Version("v1")
@Kind("Service")
@Plural("services")
@RegisterForReflection
public final class GatewayServiceObject extends ApiObject implements Namespaced {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private @Nullable Spec spec;

    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Spec(
            @Nullable String type,
            @Nullable Map<String, String> selector,
            @Nullable String externalTrafficPolicy,
            @Nullable List<String> loadBalancerSourceRanges,
            @Nullable String loadBalancerClass,
            @Nullable String loadBalancerIP,
            @Nullable String ipFamilyPolicy,
            @Nullable List<Port> ports) {}

    /**
     * One of its ports.
     *
     * @param targetPort a number, or in a Service of somebody else a name
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Port(
            @Nullable String name,
            @Nullable Integer port,
            @Nullable JsonNode targetPort,
            @Nullable String protocol) {}

    public @Nullable Spec spec() {
        return spec;
    }

    public void spec(Spec wanted) {
        spec = wanted;
    }
}
