package dev.adit.proxy;

import dev.adit.match.RequestPath;
import dev.adit.routing.Hostname;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.HostAndPort;
import org.jspecify.annotations.Nullable;

/**
 * The validated parts of a request's head that routing and forwarding use.
 *
 * @param authority host and optional port as the client wrote them; empty for HTTP/1.0 without Host
 * @param host lower case, without port and trailing dot
 * @param path normalised
 * @param query with its question mark, or empty
 */
record RequestHead(String authority, String host, String path, String query) {

    sealed interface Parsed {
        record Valid(RequestHead head) implements Parsed {}

        record Invalid(ProxyError error) implements Parsed {}
    }

    static Parsed parse(HttpServerRequest request) {
        var uri = request.uri();
        var absolute = !uri.startsWith("/") ? uri.indexOf("://") : -1;
        var pathStart = absolute < 0 ? 0 : pathStart(uri, absolute + 3);
        // RFC 9112 §3.2.2: the authority of an absolute-form target replaces the Host field.
        var authority = absolute < 0 ? authority(request) : uri.substring(absolute + 3, pathStart);
        if (authority == null) {
            return new Parsed.Invalid(ProxyError.BAD_HOST);
        }
        var host = "";
        if (!authority.isEmpty()) {
            var parsed = HostAndPort.parseAuthority(authority, -1);
            if (parsed == null || authority.indexOf('@') >= 0) {
                return new Parsed.Invalid(ProxyError.BAD_HOST);
            }
            host = Hostname.normalize(parsed.host());
        }
        var question = uri.indexOf('?', pathStart);
        var end = question < 0 ? uri.length() : question;
        var path = RequestPath.normalize(absolute >= 0 && end == pathStart ? "/" : uri.substring(pathStart, end));
        return path == null
                ? new Parsed.Invalid(ProxyError.BAD_TARGET)
                : new Parsed.Valid(new RequestHead(authority, host, path, uri.substring(end)));
    }

    /** The target that the upstream receives. */
    String target() {
        return query.isEmpty() ? path : path + query;
    }

    private static int pathStart(String uri, int from) {
        for (var i = from; i < uri.length(); i++) {
            if (uri.charAt(i) == '/' || uri.charAt(i) == '?') {
                return i;
            }
        }
        return uri.length();
    }

    private static @Nullable String authority(HttpServerRequest request) {
        if (request.version() == HttpVersion.HTTP_2) {
            var authority = request.authority();
            return authority == null ? null : authority.toString();
        }
        // RFC 9112 §3.2: a server answers 400 to a request with more than one Host, and to HTTP/1.1 with none.
        var hosts = request.headers().getAll(HttpHeaders.HOST);
        if (hosts.isEmpty()) {
            return request.version() == HttpVersion.HTTP_1_0 ? "" : null;
        }
        return hosts.size() == 1 && !hosts.getFirst().isEmpty() ? hosts.getFirst() : null;
    }
}
