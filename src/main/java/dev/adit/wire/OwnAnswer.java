package dev.adit.wire;

import dev.adit.http.ProxyError;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer of our own: always the same fields, and one line that says why.
 *
 * @param text ASCII, the whole body
 * @param fields in lower case, the length of the text among them
 */
public record OwnAnswer(HttpResponseStatus status, String text, Map<String, String> fields) {

    public static OwnAnswer of(ProxyError error) {
        var status = HttpResponseStatus.valueOf(error.status());
        var text = error.status() + " " + status.reasonPhrase() + ": " + error.reason() + "\n";
        var fields = new LinkedHashMap<String, String>();
        fields.put("content-type", "text/plain; charset=utf-8");
        fields.put("cache-control", "no-store");
        fields.put("x-content-type-options", "nosniff");
        if (error == ProxyError.METHOD_NOT_SUPPORTED) {
            fields.put("allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
        }
        fields.put("content-length", Integer.toString(text.length()));
        return new OwnAnswer(status, text, fields);
    }
}
