package dev.adit.translate.annotation.nginx;

import dev.adit.routing.Regex;
import dev.adit.routing.policy.FieldName;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** An Ingress that takes some of the requests of another one, with the same host and path. */
public final class Canaries implements AnnotationFamily {
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_-]{1,256}");

    private static final AnnotationKey<Boolean> CANARY = key(
            "canary",
            GoValues.TRUTH,
            "`\"true\"`: the Ingress takes some requests of another one with the same host and path in its namespace, by the settings"
                    + " below. Its other annotations mean nothing",
            "an Ingress like others",
            GoValues::truth);
    private static final AnnotationKey<String> BY_HEADER = key(
            "canary-by-header",
            "use the name of a field",
            "the field of a request that decides: `always` and `never`, or the values below",
            "no field decides",
            // A variable of nginx tells the two from each other no more, and the client's own underscores are dropped.
            text -> FieldName.of(text.replace('_', '-')).map(FieldName::text));
    private static final AnnotationKey<String> BY_HEADER_VALUE = key(
            "canary-by-header-value",
            "use letters, digits and hyphens",
            "the one value of that field",
            "`always` and `never`",
            text -> Optional.of(text).filter(one -> VALUE.matcher(one).matches()));
    private static final AnnotationKey<Regex> BY_HEADER_PATTERN = key(
            "canary-by-header-pattern",
            "use a regular expression",
            "a regular expression for that field, where there is no `canary-by-header-value`",
            "`always` and `never`",
            Canaries::anywhere);
    private static final AnnotationKey<String> BY_COOKIE = key(
            "canary-by-cookie",
            "use the name of a cookie",
            "the cookie that decides, by `always` and `never`, where the field does not",
            "no cookie decides",
            text -> FieldName.of(text).map(_ -> text));
    private static final AnnotationKey<Integer> WEIGHT = key(
            "canary-weight",
            GoValues.NUMBER,
            "how many of 100 requests it takes, where neither field nor cookie decides",
            "0",
            GoValues::integer);
    private static final AnnotationKey<Integer> WEIGHT_TOTAL = key(
            "canary-weight-total", GoValues.NUMBER, "of how many requests, if more than 100", "100", GoValues::integer);

    private static final AnnotationKey<Boolean> AFFINITY = key(
            "affinity-canary-behavior",
            "use sticky or legacy",
            "`legacy`: clients are not kept at the canary by the cookie of `affinity`, which the other Ingress has. `sticky`: they stay where"
                    + " they were served, at the canary or not",
            "`sticky`",
            text -> switch (text) {
                case "sticky" -> Optional.of(true);
                case "legacy" -> Optional.of(false);
                default -> Optional.empty();
            });

    // What ingress-nginx takes for an expression. One that is none matches nothing there.
    private static final Pattern SIGNS = Pattern.compile("[A-Za-z0-9/\\-._~:^$\\[\\](){}*+?|&=\\\\]++");
    private static final Optional<Regex> NEVER =
            Regex.parse("(?!)") instanceof Regex.Parsed.Valid(var regex) ? Optional.of(regex) : Optional.empty();

    private static final int HUNDRED = 100;

    /**
     * Which requests a canary takes.
     *
     * @param header the field that decides first
     * @param weight from 0 to {@code total}, of the requests that neither field nor cookie decides
     * @param isSticky whether it keeps its clients, where the other Ingress does
     */
    public record Share(
            Optional<String> header,
            Optional<String> value,
            Optional<Regex> pattern,
            Optional<String> cookie,
            int weight,
            int total,
            boolean isSticky) {}

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(
                CANARY, BY_HEADER, BY_HEADER_VALUE, BY_HEADER_PATTERN, BY_COOKIE, WEIGHT, WEIGHT_TOTAL, AFFINITY);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {}

    /** What an Ingress takes as a canary; empty where it is none. */
    public static Optional<Share> share(Annotations of) {
        if (!of.get(CANARY).orElse(false)) {
            return Optional.empty();
        }
        var total = Math.max(HUNDRED, of.get(WEIGHT_TOTAL).orElse(HUNDRED));
        var weight = Math.clamp(of.get(WEIGHT).orElse(0), 0, total);
        return Optional.of(new Share(
                of.get(BY_HEADER),
                of.get(BY_HEADER_VALUE),
                of.get(BY_HEADER_PATTERN),
                of.get(BY_COOKIE),
                weight,
                total,
                of.get(AFFINITY).orElse(true)));
    }

    /** That of PCRE need not begin where the value begins. */
    private static Optional<Regex> anywhere(String text) {
        return Regex.parse(text) instanceof Regex.Parsed.Valid
                        && Regex.parse("(?s:.*?)(?:" + text + ")") instanceof Regex.Parsed.Valid(var regex)
                ? Optional.of(regex)
                : NEVER.filter(_ -> SIGNS.matcher(text).matches());
    }

    private static <T> AnnotationKey<T> key(
            String name, String allowed, String doc, String otherwise, Function<String, Optional<T>> reading) {
        return AnnotationKey.of(name, Scope.INGRESS, OnError.DEFAULT, allowed, doc, otherwise, reading);
    }
}
