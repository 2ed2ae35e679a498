package dev.adit.delegate;

import dev.adit.http.FieldRules;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;

/** Copies the fields that pass, between heads as Vert.x shows them. */
final class FieldCopy {
    private static final CharSequence TE = HttpHeaders.createOptimized("te");

    private FieldCopy() {}

    /** Copies the end-to-end fields of a request, less those that only the proxy may set. */
    static void copyRequest(MultiMap from, MultiMap to) {
        var nominated = FieldRules.nominated(from.getAll(HttpHeaders.CONNECTION));
        for (var field : from) {
            if (FieldRules.passesRequest(field.getKey(), nominated)) {
                to.add(field.getKey().toLowerCase(Locale.ROOT), field.getValue());
            }
        }
        if (FieldRules.hasToken(from.getAll(TE), "trailers")) {
            to.set(TE, "trailers");
        }
    }

    static void copyResponse(MultiMap from, MultiMap to) {
        var nominated = FieldRules.nominated(from.getAll(HttpHeaders.CONNECTION));
        for (var field : from) {
            if (FieldRules.passesResponse(field.getKey(), nominated)) {
                to.add(field.getKey().toLowerCase(Locale.ROOT), field.getValue());
            }
        }
    }
}
