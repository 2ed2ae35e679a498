package dev.adit.filter;

import dev.adit.http.codec.Answer;
import dev.adit.routing.policy.FixedRedirect;

/** Answers every request with a redirect to one URL. */
final class FixedRedirectFilter implements Filter {
    private final Answer answer;

    FixedRedirectFilter(FixedRedirect policy) {
        answer = Answer.redirect(policy.status(), policy.location());
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        request.answer(answer);
        return Step.ANSWERED;
    }
}
