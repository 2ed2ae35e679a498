package dev.adit.translate.annotation.nginx;

import dev.adit.translate.annotation.AnnotationFamily;
import dev.adit.translate.annotation.AnnotationKey;
import dev.adit.translate.annotation.Annotations;
import dev.adit.translate.annotation.OnError;
import dev.adit.translate.annotation.RouteDraft;
import dev.adit.translate.annotation.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How long is waited for endpoints. */
final class Timeouts implements AnnotationFamily {
    private static final String SECONDS = "use a number of seconds without a unit, such as \"120\"";
    private static final int MOST_SECONDS = 24 * 60 * 60;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration READ = Duration.ofSeconds(60);

    static final AnnotationKey<Duration> CONNECT_TIMEOUT = AnnotationKey.of(
            "proxy-connect-timeout",
            Scope.INGRESS,
            OnError.DEFAULT,
            SECONDS,
            "seconds: how long connecting to an endpoint may take",
            "5",
            Timeouts::seconds);
    static final AnnotationKey<Duration> READ_TIMEOUT = AnnotationKey.of(
            "proxy-read-timeout",
            Scope.INGRESS,
            OnError.DEFAULT,
            SECONDS,
            "seconds: how long an endpoint may take from the end of the request to the head of its response",
            "60",
            Timeouts::seconds);

    @Override
    public List<AnnotationKey<?>> keys() {
        return List.of(CONNECT_TIMEOUT, READ_TIMEOUT);
    }

    @Override
    public void read(Annotations of, RouteDraft into) {
        var connect = of.get(CONNECT_TIMEOUT).orElse(CONNECT);
        var read = of.get(READ_TIMEOUT).orElse(READ);
        into.upstream(policy -> policy.within(Optional.of(connect), Optional.of(read)));
    }

    private static Optional<Duration> seconds(String text) {
        return GoValues.integer(text)
                .filter(seconds -> seconds > 0 && seconds <= MOST_SECONDS)
                .map(Duration::ofSeconds);
    }
}
