package dev.adit.filter;

import dev.adit.routing.policy.FieldEdit;

/** Changes the fields that the client receives. */
final class ResponseFieldsFilter implements Filter {
    private final FieldEditor editor;

    ResponseFieldsFilter(FieldEdit edit) {
        this.editor = new FieldEditor(edit);
    }

    @Override
    public void response(FilteredRequest request, FilteredResponse response) {
        editor.apply(response.fields());
    }
}
