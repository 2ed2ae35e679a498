package dev.adit.kube.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/** An object with {@code status.conditions}. */
public interface Conditioned {
    @JsonIgnore
    List<ConditionObject> conditions();

    void conditions(List<ConditionObject> conditions);
}
