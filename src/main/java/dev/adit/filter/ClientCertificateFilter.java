package dev.adit.filter;

import dev.adit.http.codec.Answer;
import dev.adit.routing.policy.ClientCertificate;

/** Lets only clients through whose certificate one of the authorities of the route has signed. */
final class ClientCertificateFilter implements Filter {
    private final ClientCertificate policy;

    ClientCertificateFilter(ClientCertificate policy) {
        this.policy = policy;
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        var refusal = request.peer().refusal(request.head().host(), policy);
        if (refusal == null) {
            return Step.PROCEED;
        }
        request.answer(Answer.of(refusal));
        return Step.ANSWERED;
    }
}
