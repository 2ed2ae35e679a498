/**
 * The endpoint's end of exchanges in HTTP/1, and the bytes of tunnels.
 */
@NullMarked
package dev.adit.upstream.http1;

import org.jspecify.annotations.NullMarked;
