package dev.adit.exchange;

import dev.adit.routing.upstream.Retries;
import io.netty.handler.codec.http.HttpMethod;
import java.util.Set;

/** Whether a request may be sent once more, which another endpoint could carry out a second time. */
final class Repeats {
    private static final Set<HttpMethod> IDEMPOTENT =
            Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE);
    // Of nginx, which takes all others for idempotent.
    private static final Set<String> UNSAFE = Set.of("POST", "PATCH", "LOCK");

    private final Exchange exchange;
    private final Retries terms;

    Repeats(Exchange exchange, Retries terms) {
        this.exchange = exchange;
        this.terms = terms;
    }

    /**
     * Whether there may be one more after so many.
     *
     * @param isUnseen whether no endpoint can have acted on it, so that it was no try
     */
    boolean areLeft(int tries, boolean isUnseen) {
        var most = isUnseen ? Math.max(terms.tries(), Retries.UNSEEN.tries()) : terms.tries();
        return tries < most
                && terms.within()
                        .map(time -> System.nanoTime() - exchange.startedAt() < time.toNanos())
                        .orElse(true);
    }

    /** After an endpoint has ended the exchange. */
    boolean after(Upstream.Closed how) {
        return isPossible()
                && switch (how) {
                    case UNSEEN -> true;
                    // An endpoint may close an unused connection at any time; then it has not seen this request.
                    case MAYBE_UNSEEN ->
                        IDEMPOTENT.contains(exchange.request().method()) || (terms.onError() && isSafe());
                    case SEEN -> terms.onError() && isSafe();
                };
    }

    boolean afterTimeout() {
        return terms.onTimeout() && isPossible() && isSafe();
    }

    boolean after(int status) {
        return !terms.statuses().isEmpty() && terms.statuses().contains(status) && isPossible() && isSafe();
    }

    private boolean isPossible() {
        return !exchange.response().isStarted() && exchange.body().isRepeatable();
    }

    private boolean isSafe() {
        return terms.evenUnsafe()
                || !UNSAFE.contains(exchange.request().method().name());
    }
}
