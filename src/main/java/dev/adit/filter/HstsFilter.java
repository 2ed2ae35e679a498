package dev.adit.filter;

import dev.adit.routing.policy.Hsts;

/** Sets Strict-Transport-Security on responses over TLS; over plain HTTP it must not be sent (RFC 6797 §7.2). */
final class HstsFilter implements Filter {
    static final String NAME = "strict-transport-security";

    private final Hsts policy;

    HstsFilter(Hsts policy) {
        this.policy = policy;
    }

    @Override
    public void response(FilteredRequest request, FilteredResponse response) {
        if (request.isConnectionSecure()) {
            response.fields().set(NAME, policy.value().text());
        }
    }
}
