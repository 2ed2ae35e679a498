package dev.adit.kube.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.quarkus.runtime.annotations.RegisterForReflection;
import org.jspecify.annotations.Nullable;

/** One entry of {@code status.conditions}, as metav1.Condition has it. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConditionObject(
        @Nullable String type,
        @Nullable String status,
        @Nullable Long observedGeneration,
        @Nullable String lastTransitionTime,
        @Nullable String reason,
        @Nullable String message) {}
