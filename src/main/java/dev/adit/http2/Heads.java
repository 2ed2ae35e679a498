package dev.adit.http2;

import dev.adit.http.FieldRules;
import dev.adit.http.ProxyError;
import dev.adit.http.RequestHead;
import dev.adit.wire.Fields;
import dev.adit.wire.Framing;
import dev.adit.wire.HeadBuffer;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Heads as HTTP/2 has them, from and to the form that exchanges have (RFC 9113 §8). */
final class Heads {
    private static final HttpVersion HTTP_2 = new HttpVersion("HTTP", 2, 0, true);

    private Heads() {}

    /** The request of a header section, or null when it is malformed (RFC 9113 §8.1.1). */
    static @Nullable HttpRequest request(Http2Headers section) {
        var method = section.method();
        var path = section.path();
        if (method == null
                || path == null
                || path.isEmpty()
                || section.scheme() == null
                || !HeadBuffer.isToken(method)) {
            return null;
        }
        var fields = HeadersMultiMap.headers();
        copyRegular(section, fields);
        return new DefaultHttpRequest(HTTP_2, HttpMethod.valueOf(method.toString()), path.toString(), fields);
    }

    /** What came after the body. */
    static HttpHeaders trailers(Http2Headers section) {
        var fields = HeadersMultiMap.headers();
        copyRegular(section, fields);
        return fields;
    }

    private static void copyRegular(Http2Headers section, HttpHeaders to) {
        for (var field : section) {
            var name = field.getKey();
            if (name.isEmpty() || name.charAt(0) == ':') {
                continue;
            }
            var crumbs = name.length() == 6 && HttpHeaderNames.COOKIE.contentEquals(name) ? to.get(name) : null;
            if (crumbs == null) {
                to.add(name, field.getValue());
            } else {
                to.set(name, crumbs + "; " + field.getValue()); // RFC 9113 §8.2.3
            }
        }
    }

    /** The authority is a pseudo-field, and a Host beside it means the same (RFC 9113 §8.3.1). */
    static RequestHead.Parsed parse(Http2Headers section, HttpRequest request) {
        var hosts = request.headers().getAll(HttpHeaderNames.HOST);
        var authority = section.authority();
        if (authority == null) {
            return RequestHead.parse(request.uri(), false, hosts);
        }
        var text = authority.toString();
        // Whoever reads the other one must not see another host.
        return hosts.stream().allMatch(text::equals)
                ? RequestHead.parse(request.uri(), text)
                : new RequestHead.Parsed.Invalid(ProxyError.BAD_HOST);
    }

    /** The header section of a response, or null when a field of it is malformed. */
    static @Nullable Http2Headers response(HttpResponse response, Framing framing) {
        var fields = response.headers();
        var section = section(response.status());
        if (!copy(fields, section, Fields.nominated(fields))) {
            return null;
        }
        if (framing.is(Framing.Kind.LENGTH)) {
            section.setLong(HttpHeaderNames.CONTENT_LENGTH, framing.length());
        } else if (framing.is(Framing.Kind.NONE)) {
            var length = Fields.lengthWithoutBody(response);
            if (length != null) {
                section.set(HttpHeaderNames.CONTENT_LENGTH, length);
            }
        }
        return section;
    }

    static Http2Headers section(HttpResponseStatus status) {
        return new DefaultHttp2Headers(false).status(status.codeAsText());
    }

    /** The trailers that pass; one that is malformed is left out, since it is too late to answer. */
    static Http2Headers trailers(HttpHeaders fields) {
        var section = new DefaultHttp2Headers(false);
        for (var all = fields.iteratorCharSequence(); all.hasNext(); ) {
            var field = all.next();
            if (FieldRules.passesTrailer(field.getKey())) {
                put(section, field.getKey(), field.getValue());
            }
        }
        return section;
    }

    private static boolean copy(HttpHeaders fields, Http2Headers to, Set<String> nominated) {
        for (var all = fields.iteratorCharSequence(); all.hasNext(); ) {
            var field = all.next();
            var name = field.getKey();
            if (FieldRules.passesResponse(name, nominated)
                    && !Fields.isLength(name)
                    && !put(to, name, field.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean put(Http2Headers to, CharSequence name, CharSequence value) {
        if (!HeadBuffer.isToken(name) || !HeadBuffer.isLine(value)) {
            return false;
        }
        to.add(AsciiString.of(name).toLowerCase(), value);
        return true;
    }
}
