package dev.adit.translate.annotation.nginx;

import dev.adit.routing.Hostname;
import dev.adit.routing.policy.Cors;
import dev.adit.routing.policy.FieldValue;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What pages of other origins may do. */
final class CrossOrigin implements AnnotationFamily {
    private static final String ANY = "*";
    private static final String METHODS = "GET, PUT, POST, DELETE, PATCH, OPTIONS";
    private static final String HEADERS =
            "DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization";
    private static final int MAX_AGE = 1_728_000;
    private static final int MOST_ORIGINS = 200;
    private static final Pattern ORIGIN =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.\\-]*+://(\\*\\.)?[A-Za-z0-9\\-.]++(:[0-9]{1,5})?");
    private static final Pattern WORDS = Pattern.compile("[A-Za-z0-9\\-_, *]++");

    private static final AnnotationKey<Boolean> ENABLE = key(
            "enable-cors",
            GoValues.TRUTH,
            "`\"true\"`: pages of other origins are served, by the settings below",
            "they are not",
            GoValues::truth);
    private static final AnnotationKey<List<String>> ALLOW_ORIGIN = key(
            "cors-allow-origin",
            "use origins such as https://app.example.com or https://*.example.com, with commas between them, or *",
            "`https://app.example.com, https://*.example.com`",
            "`*`",
            CrossOrigin::origins);
    private static final AnnotationKey<FieldValue> ALLOW_METHODS = key(
            "cors-allow-methods",
            "use methods with commas between them",
            "`GET, POST`",
            "`" + METHODS + "`",
            CrossOrigin::words);
    private static final AnnotationKey<FieldValue> ALLOW_HEADERS = key(
            "cors-allow-headers",
            "use names of fields with commas between them",
            "`X-Token`",
            "`" + HEADERS + "`",
            CrossOrigin::words);
    private static final AnnotationKey<FieldValue> EXPOSE_HEADERS = key(
            "cors-expose-headers",
            "use names of fields with commas between them",
            "`X-Total`: pages may read them",
            "none",
            CrossOrigin::words);
    private static final AnnotationKey<Boolean> ALLOW_CREDENTIALS = key(
            "cors-allow-credentials",
            GoValues.TRUTH,
            "`\"false\"`: requests with cookies are not for pages of other origins",
            "`true`",
            GoValues::truth);
    private static final AnnotationKey<Integer> MAX_AGE_KEY = key(
            "cors-max-age",
            GoValues.NUMBER,
            "seconds that the answer to a preflight request holds",
            "1728000",
            GoValues::integer);

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(
                ENABLE, ALLOW_ORIGIN, ALLOW_METHODS, ALLOW_HEADERS, EXPOSE_HEADERS, ALLOW_CREDENTIALS, MAX_AGE_KEY);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        if (of.get(ENABLE).orElse(false)) {
            into.add(new Cors(
                    of.get(ALLOW_ORIGIN).orElse(List.of(ANY)),
                    of.get(ALLOW_METHODS).orElse(new FieldValue(METHODS)),
                    of.get(ALLOW_HEADERS).orElse(new FieldValue(HEADERS)),
                    of.get(EXPOSE_HEADERS),
                    of.get(ALLOW_CREDENTIALS).orElse(true),
                    of.get(MAX_AGE_KEY).orElse(MAX_AGE)));
        }
    }

    private static <T> AnnotationKey<T> key(
            String name, String allowed, String doc, String otherwise, Function<String, Optional<T>> reading) {
        return AnnotationKey.of(name, Scope.INGRESS, OnError.DEFAULT, allowed, doc, otherwise, reading);
    }

    private static Optional<List<String>> origins(String text) {
        var origins = Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .toList();
        var isValid = !origins.isEmpty()
                && origins.size() <= MOST_ORIGINS
                && origins.stream()
                        .allMatch(one -> one.equals(ANY) || ORIGIN.matcher(one).matches() || isWithoutScheme(one));
        return isValid
                ? Optional.of(
                        origins.stream().filter(one -> !isWithoutScheme(one)).toList())
                : Optional.empty();
    }

    /** No origin is that: the origins of pages have a scheme (RFC 6454 §6.2). */
    private static boolean isWithoutScheme(String text) {
        return Hostname.parse(text)
                .filter(host -> !(host instanceof Hostname.Any))
                .isPresent();
    }

    private static Optional<FieldValue> words(String text) {
        return WORDS.matcher(text).matches() ? FieldValue.of(text) : Optional.empty();
    }
}
