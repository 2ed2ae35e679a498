/**
 * Reads HTTP/1 requests as Netty decodes them. Produces the same bytes in one canonical form on the connection to the
 * upstream, and the response on the client's: the fast engine, one level below Vert.x's HTTP API.
 */
@NullMarked
package dev.adit.http1;

import org.jspecify.annotations.NullMarked;
