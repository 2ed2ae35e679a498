package dev.adit.http;

import dev.adit.match.RoutingRequest;
import dev.adit.routing.Hostname;
import dev.adit.routing.RequestPath;
import dev.adit.routing.policy.FieldEdit;
import dev.adit.routing.policy.FieldName;
import dev.adit.routing.policy.FieldValue;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.NetUtil;
import io.vertx.core.net.HostAndPort;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The validated parts of a request's head that routing and forwarding use.
 *
 * @param authority host and optional port as the client wrote them; empty for HTTP/1.0 without Host
 * @param asked the authority that the client asked for, whatever a rewrite makes of it
 * @param host lower case, without port and trailing dot
 * @param path normalised
 * @param query with its question mark, or empty
 * @param fields all header fields, as they came
 * @param mayUpgrade whether the version of HTTP knows a switch of protocols
 * @param added fields of the proxy's own that the endpoint gets besides
 * @param manner what else the endpoint gets told of the proxy
 */
public record RequestHead(
        String method,
        String authority,
        String asked,
        String host,
        String path,
        String query,
        HttpHeaders fields,
        boolean mayUpgrade,
        List<FieldEdit.Field> added,
        Manner manner)
        implements RoutingRequest {
    // RFC 3986 §3.2.2, without user information; clients do not percent-encode host names.
    private static final String NEVER_IN_HOST = "\"#%/<>?@\\^`{|}";
    private static final List<String> SCHEMES = List.of("http://", "https://");
    private static final String NOT_IN_URL = "\"#<>\\^`{|}";
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    /**
     * How an endpoint is told of the proxy.
     *
     * @param hasVia whether Via names it
     * @param host that a proxy in front was asked for, which Host and X-Forwarded-Host say; that of the request where it is empty
     * @param port what X-Forwarded-Port says; that which the client has addressed where it is empty
     * @param addresses what X-Forwarded-For says; the address of the client where it is empty
     * @param connection what Connection says in HTTP/1, where no switch of protocols is asked for; no such field where it is empty
     */
    public record Manner(boolean hasVia, String host, String port, String addresses, String connection) {
        static final Manner OF_A_PROXY = new Manner(true, "", "", "", "");
    }

    public sealed interface Parsed {
        Parsed BAD_HOST = new Invalid(Refusal.BAD_HOST);
        Parsed BAD_TARGET = new Invalid(Refusal.BAD_TARGET);

        record Valid(RequestHead head) implements Parsed {}

        /** OPTIONS for the server itself, not for a resource (RFC 9110 §9.3.7). */
        record OfServer() implements Parsed {}

        record Invalid(Refusal error) implements Parsed {}
    }

    /**
     * HTTP/1 (RFC 9112 §3.2). In every form of the target there is exactly one valid Host; HTTP/1.0 may have none.
     */
    public static Parsed parseHttp1(
            String method, String target, boolean http10, HttpHeaders fields, EncodedSlashes slashes) {
        return new Parser(method, fields, slashes, !http10).http1(target, http10);
    }

    /**
     * HTTP/2: the authority is a pseudo-field, and the target a path or, for OPTIONS, an asterisk (RFC 9113 §8.3.1).
     *
     * @param authority the pseudo-field, or null if there is none
     */
    public static Parsed parseHttp2(
            String method, String target, @Nullable String authority, HttpHeaders fields, EncodedSlashes slashes) {
        return new Parser(method, fields, slashes, false).http2(target, authority);
    }

    /** Several fields of one name are joined by a comma and a blank (RFC 9110 §5.3). */
    @Override
    public @Nullable String field(String name) {
        var values = fields.getAll(name);
        return values.isEmpty() ? null : values.size() == 1 ? values.getFirst() : String.join(", ", values);
    }

    /** Whether the client wants to speak WebSocket on this connection. Only HTTP/1.1 can switch (RFC 9110 §7.8). */
    public boolean asksForWebSocket() {
        return mayUpgrade
                && fields.contains(HttpHeaderNames.UPGRADE)
                && method.equals("GET")
                && HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(fields.get(HttpHeaderNames.UPGRADE))
                && FieldRules.hasToken(fields.getAll(HttpHeaderNames.CONNECTION), "upgrade");
    }

    /** The head that an endpoint is to see in place of this one. */
    public RequestHead rewritten(String otherAuthority, String otherPath) {
        return new RequestHead(
                method, otherAuthority, asked, host, otherPath, query, fields, mayUpgrade, added, manner);
    }

    /** The head of a request for something else: another authority, and another path with query. */
    public RequestHead asking(String otherAuthority, String target) {
        var question = target.indexOf('?');
        var end = question < 0 ? target.length() : question;
        return new RequestHead(
                method,
                otherAuthority,
                asked,
                host,
                target.substring(0, end),
                target.substring(end),
                fields,
                mayUpgrade,
                added,
                manner);
    }

    /** The head of a request for an error page: the root, with the same query, and no other protocol. */
    public RequestHead forPage() {
        return new RequestHead(method, authority, asked, host, "/", query, fields, false, added, manner);
    }

    /** The same with more fields of the proxy's own. */
    public RequestHead adding(List<FieldEdit.Field> more) {
        return replacing(Set.of(), more);
    }

    /** The same with these fields of the proxy's own in place of those that have one of the names. */
    public RequestHead replacing(Set<FieldName> names, List<FieldEdit.Field> more) {
        var all = new ArrayList<>(added);
        all.removeIf(field -> names.contains(field.name()));
        all.addAll(more);
        return new RequestHead(
                method, authority, asked, host, path, query, fields, mayUpgrade, List.copyOf(all), manner);
    }

    /** The same in another manner. */
    public RequestHead in(Manner other) {
        return new RequestHead(method, authority, asked, host, path, query, fields, mayUpgrade, added, other);
    }

    private record Parser(String method, HttpHeaders fields, EncodedSlashes slashes, boolean mayUpgrade) {
        Parsed http1(String target, boolean http10) {
            var hosts = fields.getAll(HttpHeaderNames.HOST);
            if (hosts.size() > 1 || (hosts.isEmpty() && !http10)) {
                return Parsed.BAD_HOST;
            }
            var authority = hosts.isEmpty() ? "" : hosts.getFirst();
            var host = hosts.isEmpty() ? "" : hostOf(authority);
            if (host == null) {
                return Parsed.BAD_HOST;
            }
            if (target.startsWith("/")) {
                return path(authority, host, target, 0);
            }
            return isOptions() && target.equals("*") ? new Parsed.OfServer() : absolute(target);
        }

        Parsed http2(String target, @Nullable String authority) {
            var host = authority == null ? null : hostOf(authority);
            if (authority == null || host == null) {
                return Parsed.BAD_HOST;
            }
            if (target.startsWith("/")) {
                return path(authority, host, target, 0);
            }
            return isOptions() && target.equals("*") ? new Parsed.OfServer() : Parsed.BAD_TARGET;
        }

        /** RFC 9112 §3.2.2: the authority of an absolute-form target replaces the Host field. */
        private Parsed absolute(String target) {
            var from = authorityStart(target);
            if (from < 0) {
                return Parsed.BAD_TARGET;
            }
            var end = pathStart(target, from);
            var authority = target.substring(from, end);
            var host = hostOf(authority);
            if (host == null) {
                return Parsed.BAD_HOST; // an empty one must be refused (RFC 9110 §4.2.1)
            }
            // RFC 9112 §3.2.4: without path and query it means the same as an asterisk.
            return isOptions() && end == target.length() ? new Parsed.OfServer() : path(authority, host, target, end);
        }

        private Parsed path(String authority, String host, String target, int from) {
            var question = target.indexOf('?', from);
            var end = question < 0 ? target.length() : question;
            var path = RequestPath.normalize(from > 0 && end == from ? "/" : target.substring(from, end));
            if (path == null || !isQuery(target, end)) {
                return Parsed.BAD_TARGET;
            }
            return slashes == EncodedSlashes.REJECT && RequestPath.hasEncodedSlash(path)
                    ? new Parsed.Invalid(Refusal.ENCODED_SLASH)
                    : new Parsed.Valid(new RequestHead(
                            method,
                            authority,
                            authority,
                            host,
                            path,
                            target.substring(end),
                            fields,
                            mayUpgrade,
                            List.of(),
                            Manner.OF_A_PROXY));
        }

        /** The only method that has an asterisk-form. */
        private boolean isOptions() {
            return method.equals("OPTIONS");
        }
    }

    /** The target that the upstream receives. */
    public String target() {
        return query.isEmpty() ? path : path + query;
    }

    /**
     * The same with TLS, on the port that needs not be said: what the client wrote was that of the other listener.
     *
     * @param saysPort whether the port is said all the same
     */
    public FieldValue secureUrl(boolean saysPort) {
        return url("https://" + nameOf(authority) + (saysPort ? ":" + HTTPS_PORT : ""), target());
    }

    /**
     * A URL for Location. What is not a character of a URI is escaped (RFC 3986 §2.1).
     *
     * @param origin scheme and authority
     */
    public static FieldValue url(String origin, String target) {
        return new FieldValue(origin + escaped(target));
    }

    /** As a part of a URL. */
    public static String escaped(String text) {
        var url = new StringBuilder(text.length());
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c > ' ' && c < 0x7f && NOT_IN_URL.indexOf(c) < 0) {
                url.append(c);
            } else {
                url.append('%').append(HexFormat.of().withUpperCase().toHexDigits((byte) c));
            }
        }
        return url.toString();
    }

    /** Whether a text names a host, maybe with a port, for which there can be a request. */
    public static boolean isAuthority(String text) {
        return hostOf(text) != null;
    }

    /** An authority without its port. */
    public static String nameOf(String authority) {
        var colon = portColon(authority);
        return colon < 0 ? authority : authority.substring(0, colon);
    }

    /** Where the port of an authority begins, or -1; an IPv6 address has colons of its own. */
    private static int portColon(String authority) {
        var colon = authority.lastIndexOf(':');
        return colon > authority.lastIndexOf(']') ? colon : -1;
    }

    /** What X-Forwarded-Host says: the authority that the client asked for, of us or of a proxy in front. */
    public String forwardedHost() {
        return manner.host().isEmpty() ? asked : manner.host();
    }

    /** The port that the client addressed: that of the authority, since the socket's own may be behind a mapping. */
    public int clientPort(boolean secure) {
        var said = forwardedHost();
        var colon = portColon(said);
        if (colon >= 0) {
            var port = said.substring(colon + 1);
            if (!port.isEmpty() && port.length() <= 5 && port.chars().allMatch(Character::isDigit)) {
                return Integer.parseInt(port);
            }
        }
        return secure ? HTTPS_PORT : HTTP_PORT;
    }

    /** The name or address in an authority, as routes have it; null where the authority is not valid. */
    private static @Nullable String hostOf(String authority) {
        var parsed = HostAndPort.parseAuthority(authority, -1);
        return parsed == null || !isHost(parsed.host()) ? null : Hostname.normalize(parsed.host());
    }

    private static boolean isHost(String host) {
        if (host.isEmpty()) {
            return false;
        }
        if (host.charAt(0) == '[') {
            return NetUtil.isValidIpV6Address(host.substring(1, host.length() - 1)) && isName(host);
        }
        return isName(host);
    }

    private static boolean isName(String host) {
        var before = '.';
        for (var i = 0; i < host.length(); i++) {
            var c = host.charAt(i);
            if (c <= ' ' || c >= 0x7f || NEVER_IN_HOST.indexOf(c) >= 0 || (c == '.' && before == '.')) {
                return false;
            }
            before = c;
        }
        return true;
    }

    /**
     * RFC 3986 §3.4, more leniently: browsers send {@code \ ^ | { }} unencoded in a query, and curl sends what is not ASCII as
     * it was typed. No route is chosen by these, and they end no line.
     */
    private static boolean isQuery(String text, int from) {
        for (var i = from; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c <= ' ' || c == 0x7f || c == '#') {
                return false;
            }
        }
        return true;
    }

    /** Behind the scheme, where it is one that is served here; else -1. */
    private static int authorityStart(String target) {
        for (var scheme : SCHEMES) {
            if (target.regionMatches(true, 0, scheme, 0, scheme.length())) {
                return scheme.length();
            }
        }
        return -1;
    }

    private static int pathStart(String uri, int from) {
        for (var i = from; i < uri.length(); i++) {
            if (uri.charAt(i) == '/' || uri.charAt(i) == '?') {
                return i;
            }
        }
        return uri.length();
    }
}
