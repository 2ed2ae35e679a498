package dev.adit.kube.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.fasterxml.jackson.databind.ObjectMapper;
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
