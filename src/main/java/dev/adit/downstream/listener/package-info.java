/**
 * Accepts connections, reads the PROXY header and the server name, and hands each connection to its version of HTTP.
 * TLS that passes to an endpoint is passed on here.
 */
@NullMarked
package dev.adit.downstream.listener;

import org.jspecify.annotations.NullMarked;
