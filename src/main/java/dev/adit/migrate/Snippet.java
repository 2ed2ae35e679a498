package dev.adit.migrate;

import dev.adit.translate.annotation.nginx.NginxDialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A snippet of configuration that does nothing but edit fields or redirect, and the annotations that do the same. Each of them has been
 * read as it would be read in an Ingress.
 *
 * @param annotations whole, as they are written in YAML
 */
record Snippet(List<String> annotations) {
    private static final String PREFIX = "nginx.ingress.kubernetes.io/";
    private static final String REQUEST = "adit.dev/request-headers";
    private static final String RESPONSE = "adit.dev/response-headers";
    // By ingress-nginx, so that nginx would send both.
    private static final Set<String> SENT_ANYWAY = Set.of(
            "x-request-id", "x-scheme", "x-forwarded-scheme", "x-original-forwarded-for", "x-original-forwarded-host");

    /** Empty where it does anything else. */
    static Optional<Snippet> read(String text) {
        return SnippetReader.read(text).flatMap(Snippet::of);
    }

    private static Optional<Snippet> of(List<List<String>> statements) {
        var request = new ArrayList<String>();
        var response = new ArrayList<String>();
        var redirects = new ArrayList<List<String>>();
        for (var words : statements) {
            if (!read(words, request, response, redirects)) {
                return Optional.empty();
            }
        }
        var annotations = new ArrayList<String>();
        return add(REQUEST, request, annotations)
                        && add(RESPONSE, response, annotations)
                        && redirects.size() <= 1
                        && redirects.stream().allMatch(redirect -> redirect(redirect, annotations))
                        && !annotations.isEmpty()
                ? Optional.of(new Snippet(List.copyOf(annotations)))
                : Optional.empty();
    }

    private static boolean read(
            List<String> words, List<String> request, List<String> response, List<List<String>> redirects) {
        var count = words.size();
        return switch (count == 0 ? "" : words.getFirst()) {
            case "more_set_headers" -> count > 1 && words.stream().skip(1).allMatch(one -> set(one.strip(), response));
            case "more_clear_headers" -> count > 1 && words.stream().skip(1).allMatch(one -> clear(one, response));
            // Without "always" it is there with some statuses only, which no annotation says.
            case "add_header" ->
                count == 4
                        && words.getLast().equals("always")
                        && response.add("+" + words.get(1) + ": " + words.get(2));
            case "proxy_set_header" -> count == 3 && sent(words.get(1), words.get(2), request);
            case "return" -> count == 3 && redirects.add(words.subList(1, 3));
            default -> false;
        };
    }

    private static boolean set(String word, List<String> response) {
        return word.indexOf(':') > 0 && !word.startsWith("-") && !word.startsWith("+") && response.add(word);
    }

    private static boolean clear(String word, List<String> response) {
        return word.indexOf(':') < 0
                && word.indexOf('*') < 0
                && !word.startsWith("-")
                && response.stream().noneMatch(line -> names(line, word)) // Adit removes before it sets
                && response.add("-" + word);
    }

    /** nginx sends a field that is set twice twice, and one that is set to nothing not at all. */
    private static boolean sent(String name, String value, List<String> request) {
        var isFirst = request.stream().noneMatch(line -> names(line, name));
        return isFirst
                && !SENT_ANYWAY.contains(name.toLowerCase(Locale.ROOT))
                && request.add(value.isEmpty() ? "-" + name : name + ": " + value);
    }

    private static boolean names(String line, String name) {
        var start = line.startsWith("+") ? 1 : 0;
        return line.regionMatches(true, start, name + ":", 0, name.length() + 1);
    }

    private static boolean add(String annotation, List<String> lines, List<String> annotations) {
        if (lines.isEmpty()) {
            return true;
        }
        annotations.add(annotation + ": |-\n" + "  " + String.join("\n  ", lines));
        return isRead(annotation, String.join("\n", lines));
    }

    private static boolean redirect(List<String> words, List<String> annotations) {
        var isPermanent = words.getFirst().equals("301") || words.getFirst().equals("308");
        var kind = isPermanent ? "permanent-redirect" : "temporal-redirect";
        annotations.add(PREFIX + kind + ": " + words.getLast());
        if (words.getFirst().equals("307") || words.getFirst().equals("308")) {
            annotations.add(PREFIX + kind + "-code: \"" + words.getFirst() + "\"");
        }
        return List.of("301", "302", "307", "308").contains(words.getFirst()) && isRead(kind, words.getLast());
    }

    private static boolean isRead(String name, String value) {
        return NginxDialect.DIALECT
                .key(name)
                .filter(key -> key.reading().apply(value).isPresent())
                .isPresent();
    }
}
