package dev.adit.delegate;

import dev.adit.http.FieldRules;
import dev.adit.wire.HeadBuffer;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import java.util.Map;

/**
 * Copies the fields that pass, between heads as Vert.x shows them. A malformed one is an
 * {@link IllegalArgumentException}: Vert.x passes on some that are (a line end before a blank, or any in HTTP/2).
 */
final class FieldCopy {
    private static final CharSequence TE = HttpHeaders.createOptimized("te");

    private FieldCopy() {}

    /** Copies the end-to-end fields of a request, less those that only the proxy may set. */
    static void copyRequest(MultiMap from, MultiMap to) {
        var nominated = FieldRules.nominated(from.getAll(HttpHeaders.CONNECTION));
        for (var field : from) {
            if (FieldRules.passesRequest(field.getKey(), nominated)) {
                add(to, field);
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
                add(to, field);
            }
        }
    }

    static void copyTrailers(MultiMap from, MultiMap to) {
        for (var field : from) {
            if (FieldRules.passesTrailer(field.getKey())) {
                add(to, field);
            }
        }
    }

    /** A line that was folded in HTTP/1 may begin or end with a blank, which HTTP/2 does not have. */
    private static void add(MultiMap to, Map.Entry<String, String> field) {
        if (!HeadBuffer.isToken(field.getKey()) || !HeadBuffer.isLine(field.getValue())) {
            throw new IllegalArgumentException("malformed field");
        }
        to.add(
                field.getKey().toLowerCase(Locale.ROOT),
                HeadBuffer.strip(field.getValue()).toString());
    }
}
