package dev.adit.observe;

import dev.adit.routing.upstream.Endpoint;

/**
 * An endpoint that was asked, and whose answer the client did not get.
 *
 * @param status that it answered, or that the client would have got for it
 * @param nanos from the choice of the endpoint until it was given up
 */
public record Attempt(Endpoint endpoint, int status, long nanos) {}
