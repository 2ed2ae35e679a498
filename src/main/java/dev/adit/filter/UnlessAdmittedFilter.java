package dev.adit.filter;

import dev.adit.routing.policy.AccessList;

/** Asks clients for a password, or who they are, unless their address is enough. */
final class UnlessAdmittedFilter implements Filter {
    private final AccessList list;
    private final Filter filter;

    UnlessAdmittedFilter(AccessList list, Filter filter) {
        this.list = list;
        this.filter = filter;
    }

    @Override
    public Step request(FilteredRequest request, Continuation next) {
        // A list of those alone that are not served says of nobody that the address is enough.
        if (list.allowed().isEmpty() || !request.isAdmitted(list)) {
            return filter.request(request, next);
        }
        filter.skipped(request);
        return Step.PROCEED;
    }
}
