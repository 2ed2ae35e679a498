package dev.adit.filter;

import dev.adit.http.Refusal;
import dev.adit.http.codec.Answer;
import dev.adit.routing.policy.BodyLimit;

/** Answers 413 to bodies that are too large: before anything is read where the length is known. */
final class BodyLimitFilter implements Filter {
    private final BodyLimit policy;

    BodyLimitFilter(BodyLimit policy) {
        this.policy = policy;
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        var length = request.bodyLength();
        if (length < 0 ? request.limitBody(policy.bytes()) : length <= policy.bytes()) {
            return Step.PROCEED;
        }
        request.answer(Answer.of(Refusal.BODY_TOO_LARGE));
        return Step.ANSWERED;
    }
}
