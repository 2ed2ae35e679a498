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

/** An HTTPRoute. */
@Group("gateway.networking.k8s.io")
@Version("v1")
@Kind("HTTPRoute")
@Plural("httproutes")
@RegisterForReflection
public final class HttpRouteObject extends ApiObject implements Namespaced, RouteObject {
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
            @Nullable List<Filter> filters,
            @Nullable List<BackendRef> backendRefs,
            @Nullable Timeouts timeouts,
            @Nullable Retry retry,
            @Nullable Session sessionPersistence) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Session(
            @Nullable String sessionName,
            @Nullable String absoluteTimeout,
            @Nullable String idleTimeout,
            @Nullable String type,
            @Nullable CookieConfig cookieConfig) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record CookieConfig(@Nullable String lifetimeType) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Match(
            @Nullable Typed path,
            @Nullable String method,
            @Nullable List<Typed> headers,
            @Nullable List<Typed> queryParams) {}

    /** A value of a type, of something with a name. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Typed(
            @Nullable String type,
            @Nullable String name,
            @Nullable String value) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Timeouts(
            @Nullable String request, @Nullable String backendRequest) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record BackendRef(
            @Nullable String group,
            @Nullable String kind,
            @Nullable String namespace,
            @Nullable String name,
            @Nullable Integer port,
            @Nullable Integer weight,
            @Nullable List<Filter> filters) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Filter(
            @Nullable String type,
            @Nullable Fields requestHeaderModifier,
            @Nullable Fields responseHeaderModifier,
            @Nullable Redirect requestRedirect,
            @Nullable Rewrite urlRewrite,
            @Nullable Mirror requestMirror,
            @Nullable Cors cors) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Cors(
            @Nullable List<String> allowOrigins,
            @Nullable Boolean allowCredentials,
            @Nullable List<String> allowMethods,
            @Nullable List<String> allowHeaders,
            @Nullable List<String> exposeHeaders,
            @Nullable Integer maxAge) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Retry(
            @Nullable List<Integer> codes,
            @Nullable Integer attempts,
            @Nullable String backoff) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Fields(
            @Nullable List<Typed> set,
            @Nullable List<Typed> add,
            @Nullable List<String> remove) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Redirect(
            @Nullable String scheme,
            @Nullable String hostname,
            @Nullable PathModifier path,
            @Nullable Integer port,
            @Nullable Integer statusCode) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Rewrite(
            @Nullable String hostname, @Nullable PathModifier path) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record PathModifier(
            @Nullable String type,
            @Nullable String replaceFullPath,
            @Nullable String replacePrefixMatch) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Mirror(
            @Nullable ReferenceObject backendRef,
            @Nullable Integer percent,
            @Nullable Fraction fraction) {}

    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Fraction(
            @Nullable Integer numerator, @Nullable Integer denominator) {}

    public @Nullable Spec spec() {
        return spec;
    }

    @Override
    public @Nullable JsonNode status() {
        return status;
    }
}
