package dev.adit.filter;

import dev.adit.routing.policy.FieldEdit;
import dev.adit.routing.policy.FieldName;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Changes the fields that the endpoint receives. */
final class RequestFieldsFilter implements Filter {
    private final FieldEditor editor;

    // Which the proxy alone may set, so that they do not pass as fields of the client.
    private final List<FieldEdit.Field> own;
    private final Set<FieldName> replaced;

    RequestFieldsFilter(FieldEdit edit) {
        this.editor = new FieldEditor(edit);
        this.own = edit.set().stream().filter(field -> isOwn(field.name())).toList();
        this.replaced = Stream.concat(
                        edit.remove().stream(), edit.set().stream().map(FieldEdit.Field::name))
                .filter(RequestFieldsFilter::isOwn)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isOwn(FieldName name) {
        return name.text().startsWith("x-forwarded-");
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        editor.apply(request.fields());
        if (!replaced.isEmpty()) {
            request.head(request.head().replacing(replaced, own));
        }
        return Step.PROCEED;
    }
}
