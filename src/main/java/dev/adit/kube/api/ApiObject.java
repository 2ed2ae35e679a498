package dev.adit.kube.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/**
 * What every kind has. The client's own model would do, but it brings half of Kubernetes into the binary, and most of
 * the time from start to ready would go into looking at its classes by reflection.
 */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonDeserialize(using = JsonDeserializer.None.class) // not by kind, which the type says already
public abstract class ApiObject implements HasMetadata {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    @JsonDeserialize(using = MetadataReader.class)
    private @Nullable ObjectMeta metadata; // made when it is asked for: most objects bring their own

    @Override
    public ObjectMeta getMetadata() {
        if (metadata == null) {
            metadata = new ObjectMeta();
        }
        return metadata;
    }

    @Override
    public void setMetadata(ObjectMeta metadata) {
        this.metadata = metadata;
    }

    // Both here, although the interface has them: only methods of registered classes are written in a native image.
    @Override
    @JsonProperty
    public String getApiVersion() {
        return HasMetadata.getApiVersion(getClass());
    }

    @Override
    @JsonProperty
    public String getKind() {
        return HasMetadata.getKind(getClass());
    }

    /** Ignored: it is that of the type. */
    @Override
    public void setApiVersion(String version) {}
}
