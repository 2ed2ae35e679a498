package dev.adit.filter;

import dev.adit.http.Refusal;
import dev.adit.http.codec.Answer;
import dev.adit.routing.policy.AccessList;

/** Lets only clients of some addresses through. */
final class AccessListFilter implements Filter {
    private final AccessList policy;

    AccessListFilter(AccessList policy) {
        this.policy = policy;
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        if (request.isAdmitted(policy)) {
            return Step.PROCEED;
        }
        request.answer(Answer.of(Refusal.ADDRESS_NOT_ADMITTED));
        return Step.ANSWERED;
    }
}
