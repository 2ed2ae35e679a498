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

/** An Ingress. */
@Group("networking.k8s.io")
@Version("v1")
@Kind("Ingress")
@Plural("ingresses")
@RegisterForReflection
public final class IngressObject extends ApiObject implements Namespaced {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private @Nullable Spec spec;

    @JsonProperty
    private LoadBalancer.@Nullable Status status;

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Spec(
            @Nullable String ingressClassName,
            @Nullable Backend defaultBackend,
            @Nullable List<Rule> rules,
            @Nullable List<Tls> tls) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Rule(@Nullable String host, @Nullable Http http) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Http(@Nullable List<Path> paths) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Path(
            @Nullable String path,
            @Nullable String pathType,
            @Nullable Backend backend) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Backend(
            @Nullable Service service, @Nullable Resource resource) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Service(@Nullable String name, @Nullable Port port) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Port(@Nullable String name, @Nullable Integer number) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Resource(@Nullable String kind, @Nullable String name) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Tls(
            @Nullable List<String> hosts, @Nullable String secretName) {}

    public @Nullable Spec spec() {
        return spec;
    }

    public LoadBalancer.@Nullable Status status() {
        return status;
    }

    public void status(LoadBalancer.Status status) {
        this.status = status;
    }
}
