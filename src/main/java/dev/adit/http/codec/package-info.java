/**
 * Writes the bytes of HTTP/1 for the next hop, from messages as they are decoded, of which none is trusted.
 */
@NullMarked
package dev.adit.http.codec;

import org.jspecify.annotations.NullMarked;
