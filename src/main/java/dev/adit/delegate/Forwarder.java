package dev.adit.delegate;

import dev.adit.http.Verdict;

/** The hop to the upstream: the seam behind which engines can differ. */
public interface Forwarder {

    /** Sends the request to one of the route's endpoints and answers the client, whatever happens. */
    void forward(Exchange exchange, Verdict.Forward route);
}
