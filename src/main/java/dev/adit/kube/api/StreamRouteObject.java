package dev.adit.kube.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A TLSRoute or a TCPRoute. */
public interface StreamRouteObject extends RouteObject {
    Spec NO_SPEC = new Spec(null, null, null);

    // By itself: a class registers what is in it, and an interface nothing.
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Spec(
            @Nullable List<ReferenceObject> parentRefs,
            @Nullable List<String> hostnames,
            @Nullable List<Rule> rules) {}

    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Rule(@Nullable List<HttpRouteObject.BackendRef> backendRefs) {}

    @Nullable
    Spec spec();
}
