package dev.adit.translate.annotation.nginx;

import dev.adit.routing.policy.Compression;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.RouteDraft;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the ConfigMap says of compressed responses. */
final class Compressions implements AnnotationFamily {
    private static final int FASTEST = 1;
    private static final int SMALLEST = 9;
    private static final int MIN_LENGTH = 256;
    private static final int MOST_TYPES = 100;
    private static final int LONGEST_TYPE = 100;
    private static final Pattern TYPE = Pattern.compile("[a-z0-9.+*/_-]++");
    private static final List<String> TYPES = List.of(
            "application/atom+xml",
            "application/javascript",
            "application/x-javascript",
            "application/json",
            "application/rss+xml",
            "application/vnd.ms-fontobject",
            "application/x-font-ttf",
            "application/x-web-app-manifest+json",
            "application/xhtml+xml",
            "application/xml",
            "font/opentype",
            "image/svg+xml",
            "image/x-icon",
            "text/css",
            "text/javascript",
            "text/plain",
            "text/x-component");

    private static final AnnotationKey<Boolean> USE_GZIP = Settings.key(
            "use-gzip",
            GoValues.TRUTH,
            "`\"true\"`: responses are compressed by gzip, for clients that take it, where the endpoint has not compressed them",
            "they are as the endpoint sends them",
            GoValues::truth);
    private static final AnnotationKey<Integer> LEVEL = Settings.key(
            "gzip-level",
            "use a number from " + FASTEST + " to " + SMALLEST,
            "how much work is put into it: 1, the fastest, to 9",
            String.valueOf(FASTEST),
            text -> GoValues.integer(text).filter(level -> level >= FASTEST && level <= SMALLEST));
    private static final AnnotationKey<Integer> LENGTH = Settings.key(
            "gzip-min-length",
            "use a number of bytes",
            "bodies that are shorter are not compressed, where their length is known",
            String.valueOf(MIN_LENGTH),
            text -> GoValues.integer(text).filter(bytes -> bytes >= 0));
    private static final AnnotationKey<List<String>> OF_TYPES = Settings.key(
            "gzip-types",
            "name up to " + MOST_TYPES + " types of media, such as application/json text/css, or *",
            "which bodies are compressed, besides text/html; `*` stands for all",
            "those of texts, JSON, XML, scripts and fonts that ingress-nginx names",
            Compressions::types);

    /** Those of the ConfigMap of ingress-nginx. */
    static final List<AnnotationKey<?>> OF_ALL = List.of(USE_GZIP, LEVEL, LENGTH, OF_TYPES);

    private static Optional<List<String>> types(String text) {
        if (text.isBlank() || text.length() > MOST_TYPES * LONGEST_TYPE) {
            return Optional.empty();
        }
        var types = List.of(text.strip().toLowerCase(Locale.ROOT).split(" +", -1));
        return types.size() <= MOST_TYPES
                        && types.stream().allMatch(type -> TYPE.matcher(type).matches())
                ? Optional.of(types)
                : Optional.empty();
    }

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of();
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        if (of.get(USE_GZIP).orElse(false)) {
            into.add(new Compression(
                    of.get(LEVEL).orElse(FASTEST),
                    of.get(LENGTH).orElse(MIN_LENGTH),
                    of.get(OF_TYPES).orElse(TYPES)));
        }
    }
}
