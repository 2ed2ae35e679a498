package dev.adit.http.codec;

import dev.adit.http.Refusal;
import dev.adit.routing.policy.FieldValue;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer of our own: always the same fields, and one line that says why.
 *
 * @param isEnding whether the request may not end where it seems to, so that nothing after it is read as one
 * @param text ASCII, the whole body
 * @param fields in lower case, the length of the text among them
 * @param refusal why the request is not served, or null where this is what it asked for
 */
public record Answer(
        HttpResponseStatus status,
        boolean isEnding,
        String text,
        List<Map.Entry<String, FieldValue>> fields,
        @Nullable Refusal refusal) {
    private static final FieldValue METHODS = new FieldValue("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    private static final HttpResponseStatus URI_TOO_LONG = new HttpResponseStatus(414, "URI Too Long");
    private static final FieldValue PLAIN_TEXT = new FieldValue("text/plain; charset=utf-8");
    private static final FieldValue NO_STORE = new FieldValue("no-store");
    private static final FieldValue NO_SNIFFING = new FieldValue("nosniff");

    public static Answer of(Refusal error) {
        var fields = common();
        if (error.status() == HttpResponseStatus.METHOD_NOT_ALLOWED.code()) {
            fields.put("allow", METHODS);
        }
        // Netty has the phrase of RFC 2616.
        var status = error == Refusal.URI_TOO_LONG ? URI_TOO_LONG : HttpResponseStatus.valueOf(error.status());
        return of(status, error.reason(), fields, error);
    }

    /** The same with another status than it has where nobody says otherwise. */
    public static Answer of(Refusal error, int status) {
        return of(HttpResponseStatus.valueOf(status), error.reason(), common(), error);
    }

    /** What a route answers of its own. */
    public static Answer of(int status, String reason) {
        return of(HttpResponseStatus.valueOf(status), reason, common(), null);
    }

    /** To OPTIONS for Adit itself, not for an endpoint (RFC 9110 §9.3.7). */
    public static Answer options() {
        var fields = new LinkedHashMap<String, FieldValue>();
        fields.put("allow", METHODS);
        fields.put("cache-control", NO_STORE);
        fields.put("content-length", new FieldValue("0"));
        return new Answer(HttpResponseStatus.OK, false, "", List.copyOf(fields.entrySet()), null);
    }

    /**
     * To a client that has to say who it is.
     *
     * @param challenge how (RFC 9110 §11.6.1)
     */
    public static Answer unauthorized(FieldValue challenge) {
        var fields = common();
        fields.put("www-authenticate", challenge);
        return of(HttpResponseStatus.UNAUTHORIZED, "the path is served to users with a password", fields, null);
    }

    /** One without a body. */
    public static Answer empty(int status) {
        return new Answer(HttpResponseStatus.valueOf(status), false, "", List.of(), null);
    }

    /**
     * A redirect.
     *
     * @param status one of RFC 9110 §15.4
     */
    public static Answer redirect(int status, FieldValue location) {
        var fields = common();
        fields.put("location", location);
        return of(HttpResponseStatus.valueOf(status), "see the field Location", fields, null);
    }

    /** How many bytes of body the client gets. */
    public int bodyBytes(HttpMethod asked) {
        return asked.equals(HttpMethod.HEAD) ? 0 : text.length();
    }

    /** The fields, to be changed and given back to {@link #with}. */
    public HttpHeaders headers() {
        var headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        fields.forEach(field -> headers.add(field.getKey(), field.getValue().text()));
        return headers;
    }

    /**
     * The same answer with other fields.
     *
     * @throws IllegalArgumentException where a value is not one that a field can have
     */
    public Answer with(HttpHeaders others) {
        var changed = others.entries().stream()
                .map(field -> Map.entry(field.getKey(), new FieldValue(field.getValue())))
                .toList();
        return new Answer(status, isEnding, text, changed, refusal);
    }

    private static Map<String, FieldValue> common() {
        var fields = new LinkedHashMap<String, FieldValue>();
        fields.put("content-type", PLAIN_TEXT);
        fields.put("cache-control", NO_STORE);
        fields.put("x-content-type-options", NO_SNIFFING);
        return fields;
    }

    private static Answer of(
            HttpResponseStatus status, String reason, Map<String, FieldValue> fields, @Nullable Refusal refusal) {
        var text = status.code() + " " + status.reasonPhrase() + ": " + reason + "\n";
        fields.put("content-length", new FieldValue(Integer.toString(text.length())));
        var isEnding = refusal != null && refusal.isEnding();
        return new Answer(status, isEnding, text, List.copyOf(fields.entrySet()), refusal);
    }
}
