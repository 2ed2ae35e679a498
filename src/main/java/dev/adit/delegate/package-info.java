/**
 * Reads the requests that the engine leaves to Vert.x's HTTP API: upgrades, endpoints that speak HTTP/2, routes with
 * interceptors. Produces their responses.
 */
@NullMarked
package dev.adit.delegate;

import org.jspecify.annotations.NullMarked;
