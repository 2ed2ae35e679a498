package dev.adit.kube.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Reads texts, and gives the one that is there already for an equal one that was read not long ago. Objects repeat each
 * other: every one says its namespace, the name of a Service stands in its slices and in an Ingress, and nearly all
 * ports have one of a few names.
 *
 * <p>A table of fixed size, in which a text takes the place of another with the same slot: what objects say cannot make it grow.
 */
public final class SharedTexts extends StdScalarDeserializer<String> {
    private static final long serialVersionUID = 1L;
    private static final int SLOTS = 1 << 14;
    private static final int LONGEST = 63; // a label of DNS, as most names are

    private final transient AtomicReferenceArray<@Nullable String> texts = new AtomicReferenceArray<>(SLOTS);

    private SharedTexts() {
        super(String.class);
    }

    @Override
    public @Nullable String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        var text = StringDeserializer.instance.deserialize(parser, context);
        return text == null ? null : shared(text);
    }

    /** Has a mapper read all texts in this way, the names of fields of a map among them. */
    public static SimpleModule module() {
        var texts = new SharedTexts();
        return new SimpleModule()
                .addDeserializer(String.class, texts)
                .addKeyDeserializer(String.class, new KeyDeserializer() {
                    @Override
                    public Object deserializeKey(String key, DeserializationContext context) {
                        return texts.shared(key);
                    }
                });
    }

    private String shared(String text) {
        if (text.length() > LONGEST) {
            return text;
        }
        var hash = text.hashCode();
        var slot = (hash ^ hash >>> 16) & SLOTS - 1;
        var known = texts.getPlain(slot);
        if (text.equals(known)) {
            return known;
        }
        texts.setPlain(slot, text);
        return text;
    }
}
