package dev.adit.kube.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Secret. */
@Group("")
@Version("v1")
@Kind("Secret")
@Plural("secrets")
@RegisterForReflection
public final class SecretObject extends ApiObject implements Namespaced {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private @Nullable String type;

    @JsonProperty
    private @Nullable Map<String, String> data;

    @JsonProperty
    private @Nullable Map<String, String> stringData;

    public @Nullable String type() {
        return type;
    }

    public @Nullable Map<String, String> data() {
        return data;
    }

    public @Nullable Map<String, String> stringData() {
        return stringData;
    }
}
