package dev.adit.translate.annotation.nginx;

import dev.adit.routing.policy.Template;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** URLs with variables of nginx. */
final class Urls {
    // What ingress-nginx takes: nothing that ends a word of nginx.
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9\\-._~:/?#\\[\\]@!$&()*+,=%{}|]++");
    private static final int LONGEST = 2_048;
    private static final int MOST_VARIABLES = 32;
    private static final String WANTED = "$pass_access_scheme://$http_host$escaped_request_uri";

    private Urls() {}

    /** A part of a URL, or a whole one. */
    static Optional<Template> template(String text) {
        return text.length() <= LONGEST
                        && PLAIN.matcher(text).matches()
                        && text.chars().filter(c -> c == '$').count() <= MOST_VARIABLES
                ? Optional.of(new Template(text))
                : Optional.empty();
    }

    /** Whether it has a scheme and a host, whatever its variables are. */
    static boolean isAbsolute(Template url) {
        try {
            var parsed = new URI(url.expand(_ -> "x"));
            var isHttp = "http".equals(parsed.getScheme()) || "https".equals(parsed.getScheme());
            return isHttp && parsed.getHost() != null && !parsed.getHost().contains("..");
        } catch (URISyntaxException _) {
            return false;
        }
    }

    /** With the URL that the client wanted in a parameter, where that has no value yet. */
    static Template withReturn(Template url, String parameter) {
        var text = url.text();
        var question = text.indexOf('?');
        if (question < 0 || question == text.length() - 1) {
            return new Template(text + (question < 0 ? "?" : "") + parameter + "=" + WANTED);
        }
        var isSaid = Arrays.stream(text.substring(question + 1).split("&", -1))
                .anyMatch(pair -> pair.startsWith(parameter + "=") && pair.length() > parameter.length() + 1);
        return isSaid ? url : new Template(text + "&" + parameter + "=" + WANTED);
    }
}
