/**
 * Forwards one decoded request through the filters of its route to an endpoint, and the response back to the client.
 * A client's end is a {@code Downstream}, an endpoint's end an {@code Upstream}; neither knows the version of the
 * other (ADR 18).
 */
@NullMarked
package dev.adit.exchange;

import org.jspecify.annotations.NullMarked;
