package dev.adit.filter;

import dev.adit.routing.policy.ResponseRate;

/** Has the body of the response sent slowly; the answers of Adit are short, and are not. */
final class ResponseRateFilter implements Filter {
    private final ResponseRate policy;

    ResponseRateFilter(ResponseRate policy) {
        this.policy = policy;
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        request.paceResponse(policy.bytesPerSecond(), policy.after());
        return Step.PROCEED;
    }
}
