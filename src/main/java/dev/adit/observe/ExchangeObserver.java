package dev.adit.observe;

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

    /** Tells both of them, one after the other. */
    static ExchangeObserver of(ExchangeObserver first, ExchangeObserver second) {
        return exchange -> {
            first.finished(exchange);
            second.finished(exchange);
        };
    }
}
