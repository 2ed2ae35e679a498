package dev.adit.kube.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/** An Event about one object, as {@code kubectl describe} shows it. */
@Group("")
@Version("v1")
@Kind("Event")
@Plural("events")
@RegisterForReflection
@SuppressWarnings("UnusedVariable") // the fields are read by Jackson
public final class EventObject extends ApiObject implements Namespaced {
    private static final long serialVersionUID = 1L;

    @JsonProperty
    private @Nullable Reference involvedObject;

    @JsonProperty
    private @Nullable String type;

    @JsonProperty
    private @Nullable String reason;

    @JsonProperty
    private @Nullable String message;

    @JsonProperty
    private int count = 1;

    @JsonProperty
    private @Nullable String firstTimestamp;

    @JsonProperty
    private @Nullable String lastTimestamp;

    @JsonProperty
    private @Nullable Source source;

    /** Whether something is wrong. */
    public enum Type {
        NORMAL("Normal"),
        WARNING("Warning");

        private final String text;

        Type(String text) {
            this.text = text;
        }
    }

    /** The object that an Event is about. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Reference(String apiVersion, String kind, String namespace, String name, String uid) {}

    /** Who reports it. */
    public record Source(String component) {}

    /** For the client, which makes objects before it fills them. */
    EventObject() {}

    /**
     * What there is to say about one object.
     *
     * @param time in RFC 3339
     */
    public EventObject(Reference involvedObject, Type type, String reason, String message, String time, Source source) {
        this.involvedObject = involvedObject;
        this.type = type.text;
        this.reason = reason;
        this.message = message;
        this.firstTimestamp = time;
        this.lastTimestamp = time;
        this.source = source;
    }
}
