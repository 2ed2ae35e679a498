package dev.adit.downstream.http2;

import dev.adit.http.EncodedSlashes;
import dev.adit.http.RequestHead;
import dev.adit.http.codec.HeadBuffer;
import dev.adit.http.codec.frames.Http2Section;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpScheme;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.vertx.core.http.impl.headers.HeadersMultiMap;
import org.jspecify.annotations.Nullable;

/** Heads as HTTP/2 has them, from and to the form that exchanges have (RFC 9113 §8). */
final class Http2Heads {
    private static final HttpVersion HTTP_2 = new HttpVersion("HTTP", 2, 0, true);

    private static final int PROTOCOL = ":protocol".length(); // no other pseudo-field is as long

    private Http2Heads() {}

    /** The request of a header section, or null when it is malformed (RFC 9113 §8.1.1). */
    static @Nullable HttpRequest request(Http2Headers section) {
        var method = section.method();
        if (method == null || !HeadBuffer.isToken(method)) {
            return null;
        }
        var scheme = section.scheme();
        var path = section.path();
        var target = path;
        if (HttpMethod.CONNECT.asciiName().contentEquals(method)) {
            // RFC 9113 §8.5: it has neither. It is refused by its method, later.
            target = scheme == null && path == null ? section.authority() : null;
        } else if (scheme == null || !isServed(scheme)) {
            return null;
        }
        var fields = HeadersMultiMap.headers();
        if (target == null || target.isEmpty() || !copyRegular(section, fields)) {
            return null;
        }
        return new DefaultHttpRequest(HTTP_2, HttpMethod.valueOf(method.toString()), target.toString(), fields);
    }

    private static boolean isServed(CharSequence scheme) {
        return HttpScheme.HTTPS.name().contentEqualsIgnoreCase(scheme)
                || HttpScheme.HTTP.name().contentEqualsIgnoreCase(scheme);
    }

    /** What came after the body, or null when it is malformed. */
    static @Nullable HttpHeaders trailers(Http2Headers section) {
        for (var field : section) {
            if (!HeadBuffer.isToken(field.getKey()) || !HeadBuffer.isLine(field.getValue())) {
                return null;
            }
        }
        return Http2Section.fields(section);
    }

    /** False when the section has :protocol (RFC 8441 §3): Adit does not announce extended CONNECT. */
    private static boolean copyRegular(Http2Headers section, HttpHeaders to) {
        for (var field : section) {
            var name = field.getKey();
            if (name.isEmpty() || name.charAt(0) == ':') {
                if (name.length() == PROTOCOL) {
                    return false;
                }
                continue;
            }
            var crumbs = name.length() == 6 && HttpHeaderNames.COOKIE.contentEquals(name) ? to.get(name) : null;
            if (crumbs == null) {
                to.add(name, field.getValue());
            } else {
                to.set(name, crumbs + "; " + field.getValue()); // RFC 9113 §8.2.3
            }
        }
        return true;
    }

    /** The authority is a pseudo-field, and a Host beside it means the same (RFC 9113 §8.3.1). */
    static RequestHead.Parsed parse(Http2Headers section, HttpRequest request, EncodedSlashes slashes) {
        var hosts = request.headers().getAll(HttpHeaderNames.HOST);
        var pseudo = section.authority();
        var authority = pseudo == null ? (hosts.size() == 1 ? hosts.getFirst() : null) : pseudo.toString();
        // Whoever reads the other one must not see another host.
        return authority != null && hosts.stream().allMatch(authority::equals)
                ? RequestHead.parseHttp2(request.method().name(), request.uri(), authority, request.headers(), slashes)
                : RequestHead.Parsed.BAD_HOST;
    }

    /** As the client wrote it, in the pseudo-field or in a Host; or null. */
    static @Nullable CharSequence authority(Http2Headers section, HttpRequest request) {
        var pseudo = section.authority();
        return pseudo == null ? request.headers().get(HttpHeaderNames.HOST) : pseudo;
    }

    static Http2Headers section(HttpResponseStatus status) {
        return new DefaultHttp2Headers(false).status(status.codeAsText());
    }
}
