package dev.adit.translate.annotation.nginx;

import dev.adit.routing.upstream.Retries;
import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.Fidelity;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** When a request is sent to another endpoint. */
final class NextUpstream implements AnnotationFamily {
    private static final String HTTP = "http_";
    private static final Set<String> CONDITIONS = Set.of(
            "error",
            "timeout",
            "invalid_header",
            "http_500",
            "http_502",
            "http_503",
            "http_504",
            "http_403",
            "http_404",
            "http_429",
            "non_idempotent",
            "off");
    private static final Set<String> BY_DEFAULT = Set.of("error", "timeout");
    private static final int TRIES = 3;
    // Of ingress-nginx 0 is without end.
    private static final int MOST_TRIES = 10;
    private static final int MOST_SECONDS = 24 * 60 * 60;

    static final AnnotationKey<Set<String>> NEXT_UPSTREAM = key(
                    "proxy-next-upstream",
                    "use some of "
                            + String.join(", ", CONDITIONS.stream().sorted().toList()),
                    "after what a request without a body is sent again: an endpoint breaks off (`error`), does not answer in time (`timeout`), or answers"
                            + " with a status. POST, PATCH and LOCK are only with `non_idempotent`; a request with a body never is, since Adit does"
                            + " not keep bodies",
                    "`error timeout`",
                    NextUpstream::conditions)
            .served(new Fidelity.Differs("a request with a body is never sent again"));
    static final AnnotationKey<Integer> TRIES_KEY = key(
            "proxy-next-upstream-tries",
            GoValues.NUMBER,
            "how often a request may be sent in all; `0` and what is more than 10 is 10",
            "3",
            text -> GoValues.integer(text).filter(tries -> tries >= 0));
    static final AnnotationKey<Integer> TIMEOUT = key(
            "proxy-next-upstream-timeout",
            GoValues.NUMBER,
            "seconds since the request came, after which it is not sent again; `0` for none",
            "`0`",
            text -> GoValues.integer(text).filter(seconds -> seconds >= 0 && seconds <= MOST_SECONDS));

    /** Of the ConfigMap. */
    static final AnnotationKey<Boolean> NON_IDEMPOTENT = Settings.truth(
            "retry-non-idempotent",
            "`\"true\"`: POST, PATCH and LOCK are sent again as well",
            "they are only with `non_idempotent`");

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(NEXT_UPSTREAM, TRIES_KEY, TIMEOUT);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        var on = of.get(NEXT_UPSTREAM).orElse(BY_DEFAULT);
        var asked = of.get(TRIES_KEY).orElse(TRIES);
        var tries = asked == 0 ? MOST_TRIES : Math.min(asked, MOST_TRIES);
        var retries = new Retries(
                on.contains("off") ? 1 : tries,
                on.contains("error") || on.contains("invalid_header"),
                on.contains("timeout"),
                on.stream()
                        .filter(one -> one.startsWith(HTTP))
                        .map(one -> Integer.valueOf(one.substring(HTTP.length())))
                        .collect(Collectors.toSet()),
                on.contains("non_idempotent") || of.get(NON_IDEMPOTENT).orElse(false),
                of.get(TIMEOUT).filter(seconds -> seconds > 0).map(Duration::ofSeconds));
        into.upstream(policy -> policy.with(retries));
    }

    private static Optional<Set<String>> conditions(String text) {
        var words = Arrays.stream(text.split(" +", CONDITIONS.size() * 2)).collect(Collectors.toSet());
        return !words.isEmpty() && CONDITIONS.containsAll(words) ? Optional.of(words) : Optional.empty();
    }

    private static <T> AnnotationKey<T> key(
            String name, String allowed, String doc, String otherwise, Function<String, Optional<T>> reading) {
        return AnnotationKey.of(name, Scope.INGRESS, OnError.DEFAULT, allowed, doc, otherwise, reading);
    }
}
