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
 */
public record Question(
        String method, boolean isSecure, String authority, String target, Map<String, List<String>> fields) {

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
        var authority = host.isEmpty() ? rest.substring(0, end) : host.getFirst();
        try {
            if (new URI(scheme, authority, null, null, null).getHost() == null && authority.isEmpty()) {
                throw new InvalidException("'" + url + "' names no host; write it as https://host/path");
            }
        } catch (URISyntaxException e) {
            throw new InvalidException("'" + url + "': " + e.getReason());
        }
        return new Question(
                method, scheme.equals("https"), authority, target.startsWith("/") ? target : "/" + target, fields);
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
