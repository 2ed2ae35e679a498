package dev.adit.filter;

import dev.adit.routing.policy.FieldEdit;
import dev.adit.routing.policy.FieldEdit.Field;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;

/** Field edits with their texts as the fields of messages keep them, so that nothing is converted for each message. */
final class FieldEditor {
    private final AsciiString[] remove;
    private final AsciiString[] set;
    private final AsciiString[] add;

    FieldEditor(FieldEdit edit) {
        remove = edit.remove().stream()
                .map(name -> AsciiString.cached(name.text()))
                .toArray(AsciiString[]::new);
        set = pairs(edit.set());
        add = pairs(edit.add());
    }

    private static AsciiString[] pairs(Iterable<Field> fields) {
        var pairs = new java.util.ArrayList<AsciiString>();
        for (var field : fields) {
            pairs.add(AsciiString.cached(field.name().text()));
            pairs.add(AsciiString.cached(field.value().text()));
        }
        return pairs.toArray(AsciiString[]::new);
    }

    void apply(HttpHeaders fields) {
        for (var name : remove) {
            fields.remove(name);
        }
        for (var i = 0; i < set.length; i += 2) {
            fields.set(set[i], set[i + 1]);
        }
        for (var i = 0; i < add.length; i += 2) {
            fields.add(add[i], add[i + 1]);
        }
    }
}
