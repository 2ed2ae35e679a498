package dev.adit.filter;

import dev.adit.http.Refusal;
import dev.adit.http.codec.Answer;
import dev.adit.routing.policy.RateLimit;

/** Answers clients that ask too often. */
final class RateLimitFilter implements Filter {
    private final RateLimit policy;

    RateLimitFilter(RateLimit policy) {
        this.policy = policy;
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        if (request.isWithin(policy)) {
            return Step.PROCEED;
        }
        request.answer(Answer.of(Refusal.TOO_MANY_REQUESTS, policy.status()));
        return Step.ANSWERED;
    }
}
