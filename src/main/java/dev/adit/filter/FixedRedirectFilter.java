package dev.adit.filter;

import dev.adit.http.Refusal;
import dev.adit.http.codec.Answer;
import dev.adit.routing.policy.FieldValue;
import dev.adit.routing.policy.FixedRedirect;

/** Answers every request with a redirect to one URL. */
final class FixedRedirectFilter implements Filter {
    private final FixedRedirect policy;

    FixedRedirectFilter(FixedRedirect policy) {
        this.policy = policy;
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        var url = request.variables().url(policy.location());
        request.answer(FieldValue.of(url)
                .map(location -> Answer.redirect(policy.status(), location))
                .orElseGet(() -> Answer.of(Refusal.REWRITE_INVALID)));
        return Step.ANSWERED;
    }
}
