package dev.adit.filter;

import dev.adit.routing.policy.DroppedFields;
import java.util.ArrayList;
import java.util.List;

/** Drops what the client has sent under names that not everybody reads alike. */
final class DroppedFieldsFilter implements Filter {
    private final boolean keepsUnderscores;

    DroppedFieldsFilter(DroppedFields policy) {
        keepsUnderscores = policy.keepsUnderscores();
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        List<String> dropped = List.of();
        for (var names = request.fields().iteratorCharSequence(); names.hasNext(); ) {
            var name = names.next().getKey();
            if (!isPlain(name)) {
                dropped = dropped.isEmpty() ? new ArrayList<>(1) : dropped;
                dropped.add(name.toString());
            }
        }
        dropped.forEach(request.fields()::remove);
        return Step.PROCEED;
    }

    private boolean isPlain(CharSequence name) {
        for (var i = 0; i < name.length(); i++) {
            var c = name.charAt(i);
            var isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
            if (!isPlain && !(c == '_' && keepsUnderscores)) {
                return false;
            }
        }
        return true;
    }
}
