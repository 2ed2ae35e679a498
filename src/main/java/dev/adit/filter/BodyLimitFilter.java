package dev.adit.filter;

import dev.adit.http.ProxyError;
import dev.adit.routing.policy.BodyLimit;
import dev.adit.wire.OwnAnswer;

/** Answers 413 to bodies that are too large: before anything is read where the length is known. */
final class BodyLimitFilter implements Filter {
    private final BodyLimit policy;

    BodyLimitFilter(BodyLimit policy) {
        this.policy = policy;
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        if (request.bodyLength() > policy.bytes()) {
            request.answer(OwnAnswer.of(ProxyError.BODY_TOO_LARGE));
            return Step.ANSWERED;
        }
        if (request.bodyLength() < 0) {
            request.limitBody(policy.bytes());
        }
        return Step.PROCEED;
    }
}
