package dev.adit.routing.text;

import dev.adit.routing.policy.CrossOrigin;
import dev.adit.routing.policy.FieldValue;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** The text form of a policy for other origins. */
final class CrossOriginText {
    private CrossOriginText() {}

    static String write(CrossOrigin policy) {
        return "cross-origin" + write("origin", policy.origins())
                + write("method", policy.methods())
                + write("header", policy.headers())
                + write("exposed", policy.exposed())
                + (policy.allowsCredentials() ? " credentials" : "")
                + (policy.maxAge().isPresent() ? " max-age " + policy.maxAge().getAsInt() : "");
    }

    private static String write(String name, List<FieldValue> values) {
        return values.stream()
                .map(value -> " " + name + " " + Words.quote(value.text()))
                .collect(Collectors.joining());
    }

    static CrossOrigin read(Words words) {
        return new CrossOrigin(
                values(words, "origin"),
                values(words, "method"),
                values(words, "header"),
                values(words, "exposed"),
                words.take("credentials"),
                words.take("max-age") ? OptionalInt.of(Integer.parseInt(words.next())) : OptionalInt.empty());
    }

    private static List<FieldValue> values(Words words, String name) {
        var values = new ArrayList<FieldValue>();
        while (words.take(name)) {
            values.add(new FieldValue(words.next()));
        }
        return values;
    }
}
