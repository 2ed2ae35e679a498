package dev.adit.filter;

import io.netty.handler.codec.http.HttpHeaders;

/** The head of a final response as filters see it. */
public interface FilteredResponse {
    int status();

    /** The fields that the client will get, which a filter may change. */
    HttpHeaders fields();

    /** Whether an endpoint has said so, and not Adit itself. */
    boolean isOfEndpoint();

    /**
     * Has the body compressed by gzip on its way, after which it has another length, which nobody knows; false where there is none, or
     * it cannot be. The fields are the caller's matter.
     */
    boolean compress(int level);
}
