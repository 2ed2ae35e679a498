package dev.adit.nativeimage;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import io.fabric8.kubernetes.internal.KubernetesDeserializer;

/** A bare array of objects is read with a builder that knows every kind; the API server never sends one. */
@TargetClass(KubernetesDeserializer.class)
final class KubernetesDeserializerSubstitution {
    private KubernetesDeserializerSubstitution() {}

    @Substitute
    @SuppressWarnings("DoNotCallSuggester") // called where the client itself called the method
    KubernetesResource fromArrayNode(JsonParser parser, JsonNode node) throws JsonMappingException {
        throw new JsonMappingException(parser, "an array of " + node.size() + " objects where one was expected");
    }
}
