package dev.adit.proxy;

import dev.adit.routing.Endpoint;
import dev.adit.routing.UpstreamId;
import java.util.List;

/** The hop to the upstream: the seam behind which engines can differ. */
interface Forwarder {

    /**
     * Sends the request to one of the endpoints and answers the client, whatever happens.
     *
     * @param endpoints at least one
     */
    void forward(Exchange exchange, UpstreamId upstream, List<Endpoint> endpoints);
}
