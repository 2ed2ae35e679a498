package dev.adit.kube.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/** How the Gateway API refers to an object, with all that a reference may say. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
public record ReferenceObject(
        @Nullable String group,
        @Nullable String kind,
        @Nullable String namespace,
        @Nullable String name,
        @Nullable String sectionName,
        @Nullable Integer port) {}
