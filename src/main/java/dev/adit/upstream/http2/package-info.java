/**
 * The endpoint's end of exchanges in HTTP/2: many on one connection.
 */
@NullMarked
package dev.adit.upstream.http2;

import org.jspecify.annotations.NullMarked;
