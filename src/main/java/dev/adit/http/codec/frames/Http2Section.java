package dev.adit.http.codec.frames;

import com.google.errorprone.annotations.CheckReturnValue;
import dev.adit.http.Client;
import dev.adit.http.FieldRules;
import dev.adit.http.RequestHead;
import dev.adit.http.codec.FieldSink;
import dev.adit.http.codec.Fields;
import dev.adit.http.codec.Framing;
import dev.adit.http.codec.HeadBuffer;
import dev.adit.http.codec.OwnField;
import dev.adit.http.codec.RequestWriter;
import dev.adit.http.codec.ResponseDecoder;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import org.jspecify.annotations.Nullable;

/** Header sections as HTTP/2 has them, from and to the form that exchanges have (RFC 9113 §8). */
public final class Http2Section implements FieldSink {
    /** The version of requests and responses that came by HTTP/2. */
    public static final HttpVersion VERSION = new HttpVersion("HTTP", 2, 0, true);

    private static final AsciiString HTTP = AsciiString.cached("http");
    private static final AsciiString HTTPS = AsciiString.cached("https");

    private final Http2Headers section = new DefaultHttp2Headers(false);

    private Http2Section() {}

    @Override
    @CheckReturnValue
    public boolean field(CharSequence name, CharSequence value) {
        return put(section, name, value);
    }

    @Override
    @CheckReturnValue
    public boolean field(OwnField name, CharSequence value) {
        if (!HeadBuffer.isLine(value)) {
            return false;
        }
        section.add(name.name(), value);
        return true;
    }

    /** Adds a field to a section; false when it is malformed. */
    @CheckReturnValue
    public static boolean put(Http2Headers to, CharSequence name, CharSequence value) {
        if (!HeadBuffer.isToken(name) || !HeadBuffer.isLine(value)) {
            return false;
        }
        // A line that was folded in HTTP/1 may begin or end with a blank.
        to.add(AsciiString.of(name).toLowerCase(), HeadBuffer.strip(value));
        return true;
    }

    /**
     * The section of a request to an endpoint, or null when a field of it is malformed.
     *
     * @param secure whether the endpoint is spoken to by TLS
     */
    public static @Nullable Http2Headers request(
            HttpRequest request, RequestHead head, Framing framing, Client client, boolean secure) {
        var out = new Http2Section();
        out.section
                .method(request.method().asciiName())
                .scheme(secure ? HTTPS : HTTP)
                .authority(head.authority())
                .path(head.target());
        if (!HeadBuffer.isLine(head.authority()) || !RequestWriter.fields(request, head, client, out)) {
            return null;
        }
        if (framing.is(Framing.Kind.LENGTH)) {
            out.section.setLong(HttpHeaderNames.CONTENT_LENGTH, framing.length());
        }
        return out.section;
    }

    /** The response of a section, or null when it has no status (RFC 9113 §8.3.2). */
    public static @Nullable HttpResponse response(Http2Headers section) {
        var status = section.status();
        return ResponseDecoder.isStatus(status)
                ? new DefaultHttpResponse(
                        VERSION, HttpResponseStatus.valueOf(Integer.parseInt(status.toString())), fields(section))
                : null;
    }

    /** The fields of a section, without its pseudo-fields. */
    public static HeadersMultiMap fields(Http2Headers section) {
        var fields = HeadersMultiMap.headers();
        for (var field : section) {
            var name = field.getKey();
            if (name.isEmpty() || name.charAt(0) == ':') {
                continue;
            }
            var crumbs = name.length() == 6 && HttpHeaderNames.COOKIE.contentEquals(name) ? fields.get(name) : null;
            if (crumbs == null) {
                fields.add(name, field.getValue());
            } else {
                fields.set(name, crumbs + "; " + field.getValue()); // RFC 9113 §8.2.3
            }
        }
        return fields;
    }

    /** The trailers that pass; one that is malformed is left out, since it is too late to answer. */
    public static Http2Headers trailers(HttpHeaders fields) {
        var section = new DefaultHttp2Headers(false);
        for (var all = fields.iteratorCharSequence(); all.hasNext(); ) {
            var field = all.next();
            if (FieldRules.passesTrailer(field.getKey())) {
                var _ = put(section, field.getKey(), field.getValue());
            }
        }
        return section;
    }

    /** The section of a response to a client, or null when a field of it is malformed. */
    public static @Nullable Http2Headers response(HttpResponse response, Framing framing) {
        var fields = response.headers();
        var out = new Http2Section();
        out.section.status(response.status().codeAsText());
        if (!Fields.copy(fields, out, Fields.nominated(fields))) {
            return null;
        }
        if (framing.is(Framing.Kind.LENGTH)) {
            // Not where the end of the stream says so: gRPC takes the status from the head that ends its stream.
            if (fields.contains(HttpHeaderNames.CONTENT_LENGTH)) {
                out.section.setLong(HttpHeaderNames.CONTENT_LENGTH, framing.length());
            }
        } else if (framing.is(Framing.Kind.NONE)) {
            var length = Fields.lengthWithoutBody(response);
            if (length != null) {
                out.section.set(HttpHeaderNames.CONTENT_LENGTH, length);
            }
        }
        return out.section;
    }
}
