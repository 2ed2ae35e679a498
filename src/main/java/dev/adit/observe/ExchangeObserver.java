package dev.adit.observe;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Counts, logs or traces requests. It is called on the event loop of the request, so it must not block or throw. */
@FunctionalInterface
public interface ExchangeObserver {
    /**
     * A request has ended. This is called once for every request whose head has been received or has timed out, before
     * the client can have seen the end of its response.
     *
     * @param exchange valid during the call only
     */
    void finished(Finished exchange);

    /** A connection that passed unread has ended. */
    default void ended(FinishedTunnel tunnel) {}

    /**
     * The names, in lower case, of those header fields that it asks for by {@link Finished#field}: filters change heads, so these are kept
     * as they came. Empty where it does not ask for heads, not even for their size.
     */
    default Optional<List<String>> heads() {
        return Optional.empty();
    }

    /** Whether {@link #begin} wants to be asked. */
    default boolean traces() {
        return false;
    }

    /**
     * A request has been read as far as its head, and a route has taken it.
     *
     * @param fields the first line of a header field by its name in lower case
     * @return null where the request is not traced
     */
    default @Nullable RequestTrace begin(Function<String, @Nullable String> fields) {
        return null;
    }

    /** Tells both of them, one after the other; at most one of them traces. */
    static ExchangeObserver of(ExchangeObserver first, ExchangeObserver second) {
        var fields = Stream.of(first.heads(), second.heads())
                .flatMap(Optional::stream)
                .reduce((one, other) ->
                        Stream.concat(one.stream(), other.stream()).distinct().toList());
        return new ExchangeObserver() {
            @Override
            public void finished(Finished exchange) {
                first.finished(exchange);
                second.finished(exchange);
            }

            @Override
            public void ended(FinishedTunnel tunnel) {
                first.ended(tunnel);
                second.ended(tunnel);
            }

            @Override
            public Optional<List<String>> heads() {
                return fields;
            }

            @Override
            public boolean traces() {
                return first.traces() || second.traces();
            }

            @Override
            public @Nullable RequestTrace begin(Function<String, @Nullable String> head) {
                return first.traces() ? first.begin(head) : second.begin(head);
            }
        };
    }
}
