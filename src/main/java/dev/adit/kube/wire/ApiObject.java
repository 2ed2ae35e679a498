package dev.adit.kube.wire;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import org.jspecify.annotations.Nullable;

/**
 * What every kind has. The client's own model would do, but it brings half of Kubernetes into the binary, and most of
 * the time from start to ready would go into looking at its classes by reflection.
 */
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

    /** Ignored: it is that of the type. */
    @Override
    public void setApiVersion(String version) {}
}
