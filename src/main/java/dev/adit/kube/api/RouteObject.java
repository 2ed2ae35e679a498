package dev.adit.kube.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A route or a policy of the Gateway API, whose status is read before it is written: several controllers have entries in it. */
public interface RouteObject {
    /** As it is. */
    @JsonIgnore
    @Nullable
    JsonNode status();
}
