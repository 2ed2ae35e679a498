package dev.adit.http;

import dev.adit.routing.Hostname;
import dev.adit.routing.RequestPath;
import io.vertx.core.net.HostAndPort;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The validated parts of a request's head that routing and forwarding use.
 *
 * @param authority host and optional port as the client wrote them; empty for HTTP/1.0 without Host
 * @param host lower case, without port and trailing dot
 * @param path normalised
 * @param query with its question mark, or empty
 */
public record RequestHead(String authority, String host, String path, String query) {
    private static final String DELIMITERS = "\"#/<>?@\\^`{|}";
    private static final Pattern ADDRESS = Pattern.compile("\\[[0-9A-Fa-f:.]+](:[0-9]*)?");
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;

    public sealed interface Parsed {
        record Valid(RequestHead head) implements Parsed {}

        record Invalid(ProxyError error) implements Parsed {}
    }

    /** HTTP/1: the authority is in the target or in the one Host field (RFC 9112 §3.2). */
    public static Parsed parse(String target, boolean http10, List<String> hosts) {
        var absolute = target.startsWith("/") ? -1 : target.indexOf("://");
        if (absolute >= 0) {
            // RFC 9112 §3.2.2: the authority of an absolute-form target replaces the Host field.
            var end = pathStart(target, absolute + 3);
            return parse(target.substring(absolute + 3, end), target, end);
        }
        // RFC 9112 §3.2: a server answers 400 to a request with more than one Host, and to HTTP/1.1 with none.
        if (hosts.isEmpty()) {
            return http10 ? parse("", target, 0) : new Parsed.Invalid(ProxyError.BAD_HOST);
        }
        return hosts.size() == 1 && !hosts.getFirst().isEmpty()
                ? parse(hosts.getFirst(), target, 0)
                : new Parsed.Invalid(ProxyError.BAD_HOST);
    }

    /** HTTP/2: the authority is a pseudo-field. */
    public static Parsed parse(String target, @Nullable String authority) {
        return authority == null ? new Parsed.Invalid(ProxyError.BAD_HOST) : parse(authority, target, 0);
    }

    private static Parsed parse(String authority, String target, int pathStart) {
        var host = "";
        if (!authority.isEmpty()) {
            var parsed = HostAndPort.parseAuthority(authority, -1);
            if (parsed == null || !isClean(authority)) {
                return new Parsed.Invalid(ProxyError.BAD_HOST);
            }
            host = Hostname.normalize(parsed.host());
        }
        var question = target.indexOf('?', pathStart);
        var end = question < 0 ? target.length() : question;
        var path = RequestPath.normalize(pathStart > 0 && end == pathStart ? "/" : target.substring(pathStart, end));
        return path == null || !isPrintable(target, end)
                ? new Parsed.Invalid(ProxyError.BAD_TARGET)
                : new Parsed.Valid(new RequestHead(authority, host, path, target.substring(end)));
    }

    /** The target that the upstream receives. */
    public String target() {
        return query.isEmpty() ? path : path + query;
    }

    /** The same with TLS, on the port that needs not be said: what the client wrote was that of the other listener. */
    String secureUrl() {
        return "https://" + nameOf(authority) + target();
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

    /** The port that the client addressed: that of the authority, since the socket's own may be behind a mapping. */
    public int clientPort(boolean secure) {
        var colon = portColon(authority);
        if (colon >= 0) {
            var port = authority.substring(colon + 1);
            if (!port.isEmpty() && port.length() <= 5 && port.chars().allMatch(Character::isDigit)) {
                return Integer.parseInt(port);
            }
        }
        return secure ? HTTPS_PORT : HTTP_PORT;
    }

    /** RFC 3986 §3.2.2, without user information; between brackets an IP address alone. */
    private static boolean isClean(String authority) {
        for (var i = 0; i < authority.length(); i++) {
            var c = authority.charAt(i);
            if (c <= ' ' || c >= 0x7f || DELIMITERS.indexOf(c) >= 0) {
                return false;
            }
        }
        return authority.charAt(0) != '[' || ADDRESS.matcher(authority).matches();
    }

    /** Whether no character could end a line or a word of the head; others are the upstream's to judge. */
    private static boolean isPrintable(String text, int from) {
        for (var i = from; i < text.length(); i++) {
            if (text.charAt(i) <= ' ' || text.charAt(i) == 0x7f) {
                return false;
            }
        }
        return true;
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
