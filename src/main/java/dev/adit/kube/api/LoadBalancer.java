package dev.adit.kube.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code status.loadBalancer} of a Service or an Ingress. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record LoadBalancer(@Nullable List<Address> ingress) {

    /** One of its addresses. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Address(@Nullable String ip, @Nullable String hostname) {}

    /** The status that holds it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Status(@Nullable LoadBalancer loadBalancer) {}
}
