/**
 * Reads a {@link dev.adit.routing.RoutingTable}. Produces an index that finds the route of a request without allocating a trace of the search.
 */
@NullMarked
package dev.adit.match;

import org.jspecify.annotations.NullMarked;
