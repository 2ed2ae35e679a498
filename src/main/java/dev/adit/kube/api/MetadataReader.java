package dev.adit.kube.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads of an object's metadata what Adit or the client looks at. By the model's own rules each object would carry its
 * owners and its managed fields into memory, the latter often larger than all the rest, and the first object of all
 * would wait until their classes had been looked at by reflection.
 */
final class MetadataReader extends JsonDeserializer<ObjectMeta> {

    @Override
    public ObjectMeta deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        var meta = new ObjectMeta();
        if (!parser.isExpectedStartObjectToken()) {
            context.handleUnexpectedToken(ObjectMeta.class, parser);
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var field = parser.currentName();
            parser.nextToken();
            try {
                read(meta, field, parser, context);
            } catch (JsonMappingException e) {
                throw JsonMappingException.wrapWithPath(e, meta, field);
            }
        }
        return meta;
    }

    private static void read(ObjectMeta meta, String field, JsonParser parser, DeserializationContext context)
            throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        switch (field) {
            case "name" -> meta.setName(shared(parser, context));
            case "namespace" -> meta.setNamespace(shared(parser, context));
            case "uid" -> meta.setUid(text(parser, context));
            case "resourceVersion" -> meta.setResourceVersion(text(parser, context));
            case "generation" -> meta.setGeneration(parser.getValueAsLong());
            case "creationTimestamp" -> meta.setCreationTimestamp(text(parser, context));
            case "labels" -> meta.setLabels(texts(parser, context));
            case "annotations" -> meta.setAnnotations(texts(parser, context));
            default -> parser.skipChildren();
        }
    }

    private static Map<String, String> texts(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.isExpectedStartObjectToken()) {
            context.handleUnexpectedToken(Map.class, parser);
        }
        var texts = new LinkedHashMap<String, String>();
        // A parser of JSON gives equal names as one object, one of YAML does not.
        var keys = context.findKeyDeserializer(context.constructType(String.class), null);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var key = (String) keys.deserializeKey(parser.currentName(), context);
            try {
                // As the API server reads it: a name without a value is there, with an empty one.
                texts.put(key, parser.nextToken() == JsonToken.VALUE_NULL ? "" : shared(parser, context));
            } catch (JsonMappingException e) {
                throw JsonMappingException.wrapWithPath(e, texts, key);
            }
        }
        return texts;
    }

    /** One that other objects are likely to say as well. */
    private static String shared(JsonParser parser, DeserializationContext context) throws IOException {
        return context.readValue(parser, String.class);
    }

    private static String text(JsonParser parser, DeserializationContext context) throws IOException {
        if (!parser.currentToken().isScalarValue()) {
            context.handleUnexpectedToken(String.class, parser);
        }
        return parser.getText();
    }
}
