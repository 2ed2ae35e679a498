package dev.adit.filter;

import dev.adit.routing.policy.FieldEdit;

/** Changes the fields that the endpoint receives. */
final class RequestFieldsFilter implements Filter {
    private final FieldEditor editor;

    RequestFieldsFilter(FieldEdit edit) {
        this.editor = new FieldEditor(edit);
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        editor.apply(request.fields());
        return Step.PROCEED;
    }
}
