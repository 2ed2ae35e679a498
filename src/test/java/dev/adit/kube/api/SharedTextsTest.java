package dev.adit.kube.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharedTextsTest {
    private final ObjectMapper mapper = new ObjectMapper().registerModule(SharedTexts.module());

    @Test
    void equalTextsOfManyObjectsAreOne() throws IOException {
        var first = read("{\"metadata\": {\"namespace\": \"shop\", \"name\": \"web\"}}");
        var second = read("{\"metadata\": {\"namespace\": \"shop\", \"name\": \"web\"}}");
        assertSame(first.getNamespace(), second.getNamespace());
        assertSame(first.getName(), second.getName());
    }

    @Test
    void equalNamesOfAnnotationsAreOneInYamlToo() throws IOException {
        var yaml = YAMLMapper.builder().addModule(SharedTexts.module()).build();
        var text = "metadata: {annotations: {nginx.ingress.kubernetes.io/enable-cors: on}}";
        var first = yaml.readValue(text, ServiceObject.class).getMetadata().getAnnotations();
        var second = yaml.readValue(text, ServiceObject.class).getMetadata().getAnnotations();
        assertSame(first.keySet().iterator().next(), second.keySet().iterator().next());
    }

    @Test
    void longTextsAreNotKept() throws IOException {
        var text = "\"" + "x".repeat(64) + "\"";
        assertEquals(mapper.readValue(text, String.class), mapper.readValue(text, String.class));
        assertNotSame(mapper.readValue(text, String.class), mapper.readValue(text, String.class));
    }

    @Test
    void eachTextComesBackAsItWasWrittenHoweverManyThereAre() throws IOException {
        var texts = IntStream.range(0, 100_000).mapToObj(i -> "text-" + i).toList();
        assertEquals(texts, List.of(mapper.readValue(mapper.writeValueAsBytes(texts), String[].class)));
    }

    @Test
    void whatIsMissingStaysMissing() throws IOException {
        assertNull(
                read("{\"metadata\": {\"namespace\": null, \"name\": \"web\"}}").getNamespace());
    }

    private ObjectMeta read(String json) throws IOException {
        return mapper.readValue(json, ServiceObject.class).getMetadata();
    }
}
