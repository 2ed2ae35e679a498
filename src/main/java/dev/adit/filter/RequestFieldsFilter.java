package dev.adit.filter;

import dev.adit.routing.policy.FieldEdit;
import java.util.List;

/** Changes the fields that the endpoint receives. */
final class RequestFieldsFilter implements Filter {
    private final FieldEditor editor;

    // Which the proxy alone may set, so that they do not pass as fields of the client.
    private final List<FieldEdit.Field> own;

    RequestFieldsFilter(FieldEdit edit) {
        this.editor = new FieldEditor(edit);
        this.own = edit.set().stream()
                .filter(field -> field.name().text().startsWith("x-forwarded-"))
                .toList();
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        editor.apply(request.fields());
        if (!own.isEmpty()) {
            request.head(request.head().adding(own));
        }
        return Step.PROCEED;
    }
}
