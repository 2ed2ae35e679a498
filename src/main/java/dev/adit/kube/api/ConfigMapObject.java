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

/** A ConfigMap. */
@Group("")
@Version("v1")
@Kind("ConfigMap")
@Plural("configmaps")
@RegisterForReflection
public final class ConfigMapObject extends ApiObject implements Namespaced {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private @Nullable Map<String, String> data;

    public @Nullable Map<String, String> data() {
        return data;
    }
}
