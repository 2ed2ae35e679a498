package dev.adit.observe;

import dev.adit.routing.upstream.Endpoint;
import dev.adit.routing.upstream.UpstreamId;

/**
 * An endpoint that was asked, and whose answer the client did not get.
 *
 * @param upstream the Service that it was an endpoint of
 * @param status that it answered, or that the client would have got for it
 * @param nanos from the choice of the endpoint until it was given up
 */
public record Attempt(UpstreamId upstream, Endpoint endpoint, int status, long nanos) {}
