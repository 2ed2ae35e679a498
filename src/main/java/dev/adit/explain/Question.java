package dev.adit.explain;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One request, before it is sent.
 *
 * @param target the path and query as they would stand in the request line
 * @param fields by name in lower case; a Host among them replaces that of the URL
 * @param port of the URL
 * @param gateway whose listeners are asked, as {@code namespace/name}; empty for whoever has the host
 */
public record Question(
        String method,
        boolean isSecure,
        String authority,
        String target,
        Map<String, List<String>> fields,
        int port,
        String gateway) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** It is no URL of a request that Adit could get. */
    public static final class InvalidException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidException(String message) {
            super(message);
        }
    }

    /** Of a URL as one would type it; without a scheme it is http. */
    public static Question of(String method, String url, Map<String, List<String>> fields) throws InvalidException {
        var whole = url.contains("://") ? url : "http://" + url;
        var scheme = whole.substring(0, whole.indexOf("://")).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw new InvalidException("'" + url + "' is not a URL of http or https");
        }
        // Only the authority is parsed here: the path has to reach the matcher as it was typed.
        var rest = whole.substring(scheme.length() + 3);
        var end = firstOf(rest, "/?#");
        var fragment = rest.indexOf('#');
        var target = rest.substring(end, fragment < 0 ? rest.length() : fragment);
        var host = fields.getOrDefault("host", List.of());
        var place = rest.substring(0, end);
        var authority = host.isEmpty() ? place : host.getFirst();
        var isSecure = scheme.equals("https");
        try {
            if (new URI(scheme, authority, null, null, null).getHost() == null && authority.isEmpty()) {
                throw new InvalidException("'" + url + "' names no host; write it as https://host/path");
            }
            var port = place.isEmpty() ? -1 : new URI(scheme, place, null, null, null).getPort();
            return new Question(
                    method,
                    isSecure,
                    authority,
                    target.startsWith("/") ? target : "/" + target,
                    fields,
                    port < 0 ? isSecure ? HTTPS : HTTP : port,
                    "");
        } catch (URISyntaxException e) {
            throw new InvalidException("'" + url + "': " + e.getReason());
        }
    }

    /**
     * The same of the listeners of one Gateway.
     *
     * @param other its namespace and name; empty for whoever has the host
     */
    public Question at(String other) throws InvalidException {
        if (!other.isEmpty() && !other.matches("[^/]+/[^/]+")) {
            throw new InvalidException("'" + other + "' names no Gateway; write it as namespace/name");
        }
        return new Question(method, isSecure, authority, target, fields, port, other);
    }

    /** Fields as one types them: {@code Name: value}. */
    public static Map<String, List<String>> fields(List<String> lines) throws InvalidException {
        var fields = new HashMap<String, List<String>>();
        for (var line : lines) {
            var colon = line.indexOf(':');
            if (colon < 1) {
                throw new InvalidException("'" + line + "' is no field; write it as 'Name: value'");
            }
            fields.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return fields;
    }

    private static int firstOf(String text, String any) {
        for (var i = 0; i < text.length(); i++) {
            if (any.indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }

    String url() {
        return (isSecure ? "https://" : "http://") + authority + target;
    }
}
