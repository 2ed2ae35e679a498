package dev.adit.filter;

/**
 * A policy at work. One instance serves all requests of a route on one event loop: it keeps nothing of a single request,
 * and never blocks.
 */
interface Filter {
    /**
     * Judges or changes the request, once, before an endpoint is chosen.
     *
     * @param next goes on later, on the same event loop, where the step is {@link Step#LATER}
     */
    default Step request(FilteredRequest request, Continuation next) {
        return Step.PROCEED;
    }

    /** Does to a request that it needs not judge what it does to every one that it lets through. */
    default void skipped(FilteredRequest request) {}

    /**
     * Judges how the request is about to be answered, once, before the client hears of it. Where it has had the request
     * answered otherwise, by {@link FilteredRequest#divert}, it says so, and the first answer is dropped.
     */
    default boolean diverts(FilteredRequest request, Outcome outcome) {
        return false;
    }

    /** Changes the head of the final response, once, whoever answered. */
    default void response(FilteredRequest request, FilteredResponse response) {}
}
