package dev.adit.filter;

import dev.adit.routing.policy.Mirror;

/** Sends a copy of each request to a second Service. */
final class MirrorFilter implements Filter {
    private final Mirror policy;

    MirrorFilter(Mirror policy) {
        this.policy = policy;
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        request.mirror(policy.upstream(), policy.policy());
        return Step.PROCEED;
    }
}
