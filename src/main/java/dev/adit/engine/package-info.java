/**
 * Reads requests that a protocol of the client's has decoded. Produces, by connections of HTTP/1 to the endpoints, what
 * that protocol writes in answer; everything belongs to one event loop.
 */
@NullMarked
package dev.adit.engine;

import org.jspecify.annotations.NullMarked;
